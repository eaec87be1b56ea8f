using System.Net;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using OmaIm.Stack.Transport;

namespace OmaIm.Tests.Support;

/// <summary>A flow without sockets: what one end sends, the transport of the other end receives, unless it is lost on the way.</summary>
public sealed class MemoryFlow : SipFlow
{
    private readonly SipProtocol _protocol;
    private MemoryFlow? _peer;
    private SipTransport? _receiver;
    private bool _closed;

    /// <summary>One end that leads nowhere: for what only sends.</summary>
    public MemoryFlow(SipProtocol protocol, IPEndPoint local, IPEndPoint remote)
    {
        _protocol = protocol;
        Local = local;
        Remote = remote;
    }

    public override SipProtocol Protocol => _protocol;

    public override IPEndPoint Local { get; }

    public override IPEndPoint Remote { get; }

    public override bool IsOpen => !_closed;

    /// <summary>All messages that this end sent, those that were lost included.</summary>
    public List<SipMessage> Sent { get; } = [];

    /// <summary>Decides which messages of this end do not arrive.</summary>
    public Func<SipMessage, bool> Loses { get; set; } = static _ => false;

    /// <summary>The two ends of a flow between two transports.</summary>
    public static (MemoryFlow Left, MemoryFlow Right) Join(SipTransport left, SipTransport right, SipProtocol protocol)
    {
        var leftAddress = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 5060);
        var rightAddress = new IPEndPoint(IPAddress.Parse("192.0.2.2"), 5060);
        var (l, r) = (new MemoryFlow(protocol, leftAddress, rightAddress), new MemoryFlow(protocol, rightAddress, leftAddress));
        (l._peer, l._receiver) = (r, right);
        (r._peer, r._receiver) = (l, left);
        return (l, r);
    }

    public override void Send(ReadOnlyMemory<byte> message)
    {
        if (SipReader.ReadDatagram(message.Span, SipLimits.Default, out var sent, out var rejection) != ParseStatus.Complete)
        {
            throw new InvalidOperationException($"We sent a malformed message: {rejection}");
        }

        Sent.Add(sent!);
        if (!_closed && !Loses(sent!))
        {
            _receiver?.ReceiveDatagram(message.Span, _peer!);
        }
    }

    public override void Close(string reason) => _closed = true;

    /// <summary>The sent messages in short: "INVITE" or "200 INVITE".</summary>
    public IEnumerable<string> SentInShort() => Sent.Select(InShort);

    public static string InShort(SipMessage message) => message.IsRequest ? $"{message.Method}" : $"{message.StatusCode} {message.Method}";
}
