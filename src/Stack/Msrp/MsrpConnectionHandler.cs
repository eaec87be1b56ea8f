using Microsoft.AspNetCore.Connections;

namespace OmaIm.Stack.Msrp;

/// <summary>Where Kestrel hands over an MSRP connection, after its middleware has run.</summary>
public sealed class MsrpConnectionHandler(MsrpEndpoint endpoint) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection) => endpoint.RunAsync(connection);
}
