using System.Net;
using System.Text;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support.Wire;

namespace OmaIm.Tests.Conformance.Clocked;

/// <summary>The way from our stack to a test that is its peer: what leaves is kept, as a person reads it, with its time.</summary>
internal sealed class WireFlow(SipProtocol protocol, TimeProvider time) : SipFlow
{
    public override SipProtocol Protocol => protocol;

    public override IPEndPoint Local { get; } = new(IPAddress.Parse("192.0.2.1"), 5060);

    public override IPEndPoint Remote { get; } = new(IPAddress.Parse("192.0.2.2"), 5060);

    public override bool IsOpen => true;

    /// <summary>Seconds since the start, and what left then.</summary>
    public List<(double At, SipText Message)> Sent { get; } = [];

    public override void Send(ReadOnlyMemory<byte> message) => Sent.Add(
        (TimeSpan.FromTicks(time.GetTimestamp()).TotalSeconds, SipText.Read(Encoding.Latin1.GetString(message.Span), out _)!));

    public override void Close(string reason)
    {
    }
}
