using Microsoft.AspNetCore.Connections;

namespace OmaIm.Stack.Transport;

/// <summary>The end of a Kestrel listener's connection pipeline: hands the connection to the SIP transport.</summary>
public sealed class SipConnectionHandler(SipTransport transport, SipProtocol protocol = SipProtocol.Tcp) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection) => transport.RunAsync(connection, protocol);
}
