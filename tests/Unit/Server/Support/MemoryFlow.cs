using System.Net;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using OmaIm.Stack.Transport;

namespace OmaIm.Tests.Unit.Server.Support;

/// <summary>A way to a client that lives in the test: what the server sends piles up here, parsed.</summary>
internal sealed class MemoryFlow(SipProtocol protocol, IPEndPoint remote) : SipFlow
{
    private bool _isOpen = true;

    public Queue<SipMessage> Sent { get; } = new();

    public override SipProtocol Protocol => protocol;

    public override IPEndPoint Local { get; } = new(IPAddress.Loopback, 5060);

    public override IPEndPoint Remote => remote;

    public override bool IsOpen => _isOpen;

    /// <summary>Everything is lost from now on, as on the way to a host that was switched off.</summary>
    public bool IsDead { get; set; }

    public override void Send(ReadOnlyMemory<byte> message)
    {
        if (_isOpen && !IsDead)
        {
            var status = SipReader.ReadDatagram(message.Span, SipLimits.Default, out var parsed, out var rejection);
            if (status != ParseStatus.Complete || SipSanity.Check(parsed!) != SipRejection.None)
            {
                throw new InvalidOperationException($"The server sent what no client could read: {rejection}");
            }

            Sent.Enqueue(parsed!);
        }
    }

    public override void Close(string reason) => _isOpen = false;
}
