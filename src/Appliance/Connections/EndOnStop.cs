using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace OmaIm.Appliance.Connections;

/// <summary>
/// Connection middleware that ends a connection when its listener stops. By then every dialog has had its BYE, and neither SIP nor
/// MSRP has a word for "no more requests" that Kestrel could wait for.
/// </summary>
internal static class EndOnStop
{
    public static ConnectionDelegate Around(ConnectionDelegate next) => async connection =>
    {
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        await using var registration = stopping.Register(() => connection.Abort(new ConnectionAbortedException("the server stops")));
        await next(connection);
    };
}
