using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace OmaIm.Appliance.Connections;

/// <summary>
/// Connection middleware that ends a connection when its listener stops. By then every dialog has had its BYE, and neither SIP nor
/// MSRP has a word for "no more requests" that Kestrel could wait for.
/// </summary>
internal static class EndOnStop
{
    public static ConnectionDelegate Around(ConnectionDelegate next) => connection =>
    {
        // Nobody takes the registration back: the token is the connection's own and goes with it. An idle connection pays for no more.
        connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested.UnsafeRegister(
            static connection => ((ConnectionContext)connection!).Abort(new ConnectionAbortedException("the server stops")), connection);
        return next(connection);
    };
}
