using Microsoft.AspNetCore.Connections;

namespace OmaIm.Stack.Transport;

/// <summary>The end of a Kestrel listener's connection pipeline: hands the connection to the SIP transport.</summary>
public sealed class SipConnectionHandler : ConnectionHandler
{
    private readonly SipTransport _transport;

    public SipConnectionHandler(SipTransport transport)
    {
        _transport = transport;
    }

    public override Task OnConnectedAsync(ConnectionContext connection) => throw new NotImplementedException(_transport.ToString());
}
