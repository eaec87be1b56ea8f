using System.Net;
using Microsoft.Extensions.Logging;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Timing;

namespace OmaIm.Stack.Transport;

/// <summary>Sockets and connections on one side, whole and sane SIP messages on the control loop on the other.</summary>
public sealed class SipTransport : IAsyncDisposable
{
    public SipTransport(ControlLoop loop, SipTransportOptions options, ILoggerFactory loggers) => throw new NotImplementedException();

    /// <summary>A message that passed <see cref="SipSanity"/>, on the loop: From, To, Call-ID, CSeq and Via are there and well formed.</summary>
    public event Action<SipMessage, SipFlow>? MessageReceived;

    /// <summary>A connection ended, on the loop.</summary>
    public event Action<SipFlow>? FlowClosed;

    public SipTransportStatistics Statistics => throw new NotImplementedException();

    /// <summary>Opens the UDP socket (port 0: a free one) and returns where it listens.</summary>
    public Task<IPEndPoint> BindUdpAsync(IPEndPoint local) => throw new NotImplementedException();

    /// <summary>The flow from the UDP socket to a remote address.</summary>
    public SipFlow UdpFlow(IPEndPoint remote) => throw new NotImplementedException();

    /// <summary>An open connection to the address, or a new one.</summary>
    public Task<SipFlow> ConnectTcpAsync(IPEndPoint remote, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>An open connection to the remote address, if there is one; for UDP the flow.</summary>
    public SipFlow? FindFlow(SipProtocol protocol, IPEndPoint remote) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();

    internal void Use() { MessageReceived?.Invoke(null!, null!); FlowClosed?.Invoke(null!); }
}
