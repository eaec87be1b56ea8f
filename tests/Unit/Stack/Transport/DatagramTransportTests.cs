using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Transport;

public sealed class DatagramTransportTests : IDisposable
{
    private const string Via = "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKb1;rport";

    private readonly SipNode _node = new(new FakeTimeProvider(), dialogs: false);
    private readonly MemoryFlow _flow;
    private readonly List<SipMessage> _received = [];

    public DatagramTransportTests()
    {
        _flow = MemoryFlow.Join(_node.Transport, _node.Transport, SipProtocol.Udp).Right; // its remote is 192.0.2.1
        _flow.Loses = static _ => true;
        _node.Transport.MessageReceived += (message, _) => _received.Add(message);
    }

    public void Dispose() => _node.Dispose();

    [Theory]
    [InlineData("From: <sip:alice@example.com>;tag=a1\n", "", "400 Missing From")]
    [InlineData("Call-ID: c1\n", "Call-ID: c1\nCall-ID: c2\n", "400 Bad Call-ID")]
    [InlineData("CSeq: 1 MESSAGE", "CSeq: 99999999999 MESSAGE", "400 Bad CSeq")]
    [InlineData("CSeq: 1 MESSAGE", "CSeq: 1 INVITE", "400 CSeq Method Mismatch")]
    [InlineData("SIP/2.0\n", "SIP/7.0\n", "505 Version Not Supported")]
    [InlineData("Content-Length: 5", "Content-Length: 50", "400 Content-Length Exceeds Message")]
    [InlineData("sip:bob@example.com SIP", "sip:bob@exam ple.com SIP", "400 Bad")]
    public void MalformedRequestIsAnsweredOnceAndNeverGetsFurther(string line, string wrong, string answer)
    {
        Receive(WireText.Message(via: Via).ReplaceLineEndings("\n").Replace(line, wrong, StringComparison.Ordinal));

        var response = Assert.Single(_flow.Sent);
        Assert.StartsWith(answer, $"{response.StatusCode} {response.ReasonPhrase}", StringComparison.Ordinal);
        Assert.Equal("z9hG4bKb1", response.Via!.Branch);
        Assert.Equal(0, _node.Transport.Statistics.UnansweredRejections);
        Assert.Empty(_received);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("\0\0\0\0")]
    [InlineData("ACK sip:bob@example.com SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKb1\nContent-Length: 0\n\n")]
    [InlineData("SIP/2.0 200 OK\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKb1\nContent-Length: 0\n\n")]
    [InlineData("SIP/2.0 777 Big\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKb1\nFrom: <sip:a@b>;tag=1\nTo: <sip:a@b>;tag=2\nCall-ID: x\nCSeq: 1 MESSAGE\nContent-Length: 0\n\n")]
    public void WhatCannotBeAnsweredIsDroppedAndCounted(string datagram)
    {
        Receive(datagram);

        Assert.Empty(_flow.Sent);
        Assert.Empty(_received);
        Assert.Equal(1, _node.Transport.Statistics.UnansweredRejections);
        Assert.Equal(1, Enum.GetValues<SipRejection>().Sum(_node.Transport.Statistics.Rejected));
    }

    [Fact]
    public void AnswerThatWouldBeMuchLargerThanTheRequestIsNotSent()
    {
        Receive("X sip:b SIP/2.0\nv: SIP/2.0/UDP h;rport;branch=z9hG4bKb\n\n");

        Assert.Empty(_flow.Sent);
        Assert.Equal(1, _node.Transport.Statistics.UnansweredRejections);
    }

    [Theory]
    [InlineData("\r\n\r\n")]
    [InlineData("\r\n")]
    public void KeepAliveIsNoError(string datagram)
    {
        Receive(datagram);

        Assert.Equal(1, _node.Transport.Statistics.KeepAlives);
        Assert.Equal(0, _node.Transport.Statistics.UnansweredRejections);
    }

    [Theory]
    [InlineData("192.0.2.1:5060;branch=z9hG4bKb1", null, null)]
    [InlineData("192.0.2.1:5060;rport;branch=z9hG4bKb1", "192.0.2.1", 5060)]
    [InlineData("192.0.2.1:9;rport;branch=z9hG4bKb1", "192.0.2.1", 5060)]
    [InlineData("client.example.com;branch=z9hG4bKb1", "192.0.2.1", null)]
    [InlineData("203.0.113.66;branch=z9hG4bKb1", "192.0.2.1", null)] // sent-by of a victim
    [InlineData("192.0.2.1;received=203.0.113.66;branch=z9hG4bKb1", "192.0.2.1", null)]
    [InlineData("192.0.2.1;received=203.0.113.66;rport=666;branch=z9hG4bKb1", "192.0.2.1", 5060)] // forged by the sender
    public void ViaTellsWhereTheRequestReallyCameFrom(string via, string? received, int? rport)
    {
        Receive(WireText.Message(via: "SIP/2.0/UDP " + via));

        var stamped = Assert.Single(_received).Via!;
        Assert.Equal((received, rport), (stamped.Received, stamped.Rport));
        Assert.Equal("z9hG4bKb1", stamped.Branch);
    }

    [Fact]
    public void OnlyTheTopViaIsStamped()
    {
        Receive(WireText.Message(via: "SIP/2.0/UDP 192.0.2.1;rport;branch=z9hG4bKb1, SIP/2.0/UDP 198.51.100.1;branch=z9hG4bKb0"));

        Assert.Equal(2, _received[0].Vias.Count);
        Assert.Equal(("z9hG4bKb0", null), (_received[0].Vias[1].Branch, _received[0].Vias[1].Received));
        Assert.Equal("z9hG4bKb1", _received[0].Vias[0].Branch);
    }

    [Fact]
    public void FloodBeyondTheLoopsQueueIsDroppedAndCounted()
    {
        using var small = new OmaIm.Stack.Timing.ControlLoop(new FakeTimeProvider(), capacity: 10);
        var transport = new SipTransport(small, new SipTransportOptions(), Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        var delivered = 0;
        transport.MessageReceived += (_, _) => delivered++;
        for (var i = 0; i < 15; i++)
        {
            transport.ReceiveDatagram(WireText.Bytes(WireText.Message(via: Via)), _flow);
        }

        small.RunPending();

        Assert.Equal((10, 5L), (delivered, transport.Statistics.QueueFull));
    }

    private void Receive(string datagram)
    {
        _node.Transport.ReceiveDatagram(WireText.Bytes(datagram), _flow);
        _node.Loop.RunPending();
    }
}
