using System.Net;

namespace OmaIm.Stack.Transport;

/// <summary>The UDP socket and one remote address. A value: making one costs nothing and leaves nothing behind.</summary>
internal sealed class UdpSipFlow(SipTransport transport, UdpSocket socket, IPEndPoint remote) : SipFlow, IEquatable<UdpSipFlow>
{
    private IPEndPoint? _local;

    public override SipProtocol Protocol => SipProtocol.Udp;

    public override IPEndPoint Local => _local ??= socket.LocalFor(remote);

    public override IPEndPoint Remote => remote;

    public override bool IsOpen => true;

    public override string SentBy => transport.Options.SentBy ?? base.SentBy;

    public override void Send(ReadOnlyMemory<byte> message)
    {
        if (socket.Send(message.Span, remote))
        {
            transport.Statistics.CountSent();
        }
        else
        {
            transport.Statistics.CountSendFailure();
        }
    }

    public override void Close(string reason)
    {
    }

    public SipFlow To(IPEndPoint other) => other.Equals(remote) ? this : new UdpSipFlow(transport, socket, other);

    public bool Equals(UdpSipFlow? other) => other is not null && other.Remote.Equals(remote) && other.IsOver(socket);

    public override bool Equals(object? obj) => Equals(obj as UdpSipFlow);

    public override int GetHashCode() => remote.GetHashCode();

    private bool IsOver(UdpSocket candidate) => ReferenceEquals(socket, candidate);
}
