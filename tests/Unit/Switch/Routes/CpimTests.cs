using OmaIm.Protocols.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>What a message must say of its sender, before anybody hears it.</summary>
public sealed class CpimTests : RoomTestBase
{
    private const string To = $"To: <{RoomBench.Uri}>\r\n";
    private const string Content = "\r\nContent-Type: text/plain\r\n\r\ntext";

    [Theory]
    [InlineData("From: <sip:alice@example.com>\r\n")]
    [InlineData("From: Alice <sip:alice@example.com>\r\n")]
    [InlineData("From: \"Alice <sip:bob@example.com>\" <sip:alice@example.com>\r\n")]
    [InlineData("From:<sip:alice@example.com>\r\n")]
    [InlineData("From: sip:alice@example.com\r\n")]
    [InlineData("From: <sip:alice@EXAMPLE.com;transport=tcp>\r\n")]
    [InlineData("From: <sip:alice@example.com>\n")]
    [InlineData("X-Any: x\r\nFrom: <sip:alice@example.com>\r\ncc: <sip:bob@example.com>\r\n")]
    public void TheSenderMayWriteHisAddressInSeveralWays(string from)
    {
        var (alice, bob, _) = JoinThree();
        Assert.Equal(200, alice.SendWhole(from + To + Content));
        Assert.Equal([from + To + Content], bob.Hear());
    }

    [Theory]
    [InlineData("", MsrpRejection.SenderMismatch)]
    [InlineData("From: <sip:bob@example.com>\r\n", MsrpRejection.SenderMismatch)]
    [InlineData("From: <sip:alice@example.org>\r\n", MsrpRejection.SenderMismatch)]
    [InlineData("From: <sip:ALICE@example.com>\r\n", MsrpRejection.SenderMismatch)]
    [InlineData("From: <sips:alice@example.com>\r\n", MsrpRejection.None)]
    [InlineData("From: <sip:alice@example.com:5061>\r\n", MsrpRejection.None)]
    [InlineData("From: Alice <>\r\n", MsrpRejection.SenderMismatch)]
    [InlineData("From: <sip:alice@example.com>\r\nFrom: <sip:bob@example.com>\r\n", MsrpRejection.SenderMismatch)]
    [InlineData("From: <sip:bob@example.com>\r\nFrom: <sip:alice@example.com>\r\n", MsrpRejection.SenderMismatch)]
    [InlineData("From: <sip:alice@example.com> <sip:bob@example.com>\r\n", MsrpRejection.CpimMalformed)]
    [InlineData("From: <sip:alice@example.com>x\r\n", MsrpRejection.CpimMalformed)]
    [InlineData("from: <sip:bob@example.com>\r\nFrom: <sip:alice@example.com>\r\n", MsrpRejection.CpimMalformed)]
    [InlineData("NS: x <urn:ietf:params:cpim-headers:>\r\nFrom: <sip:alice@example.com>\r\nx.From: <sip:bob@example.com>\r\n", MsrpRejection.CpimMalformed)]
    [InlineData("NS: <urn:other>\r\nFrom: <sip:alice@example.com>\r\n", MsrpRejection.CpimMalformed)]
    [InlineData("From: <sip:alice@example.com>\0\r\n", MsrpRejection.CpimMalformed)]
    [InlineData("From : <sip:alice@example.com>\r\n", MsrpRejection.CpimMalformed)]
    [InlineData("From: <sip:alice@example.com>\r\n and more\r\n", MsrpRejection.CpimMalformed)]
    [InlineData("no header at all\r\n", MsrpRejection.CpimMalformed)]
    public void m22_NobodySpeaksForAnother(string headers, MsrpRejection rejection)
    {
        var (alice, bob, _) = JoinThree();
        Assert.Equal(rejection.StatusCode(), alice.SendWhole(headers + To + Content));
        Assert.Equal(rejection == MsrpRejection.None ? 1 : 0, bob.Hear().Count);
        Assert.Equal(1, rejection == MsrpRejection.None ? 1 : Bench.Statistics.Rejections(rejection));
    }

    [Theory]
    [InlineData("From: <sip:alice@example.com>\r\n\r\nContent-Type: text/plain\r\n\r\ntext", 400)]
    [InlineData("From: <sip:alice@example.com>\r\nTo: <sip:lobby@rooms.example.com>\r\n", 400)]
    [InlineData("", 400)]
    [InlineData("\r\n", 403)]
    [InlineData("From: <sip:alice@example.com>\r\nTo: <sip:lobby@rooms.example.com>\r\n\r\n", 200)]
    public void AMessageNeedsItsHeaders(string body, int code)
    {
        var (alice, bob, _) = JoinThree();
        Assert.Equal(code, alice.SendWhole(body));
        Assert.Equal(code == 200 ? 1 : 0, bob.Hear().Count);
    }

    [Theory]
    [InlineData("message/cpim", 200)]
    [InlineData("Message/CPIM", 200)]
    [InlineData("message/cpim;charset=\"UTF-8\"", 200)]
    [InlineData("message/cpim ; x=y", 200)]
    [InlineData("message/cpimx", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("multipart/mixed;boundary=message/cpim", 415)]
    [InlineData("application/im-iscomposing+xml", 415)]
    public void OnlyCpimIsTaken(string contentType, int code)
    {
        var (alice, bob, _) = JoinThree();
        Assert.Equal(code, alice.SendWhole(MsrpText.Cpim(Alice, RoomBench.Uri, "text"), contentType));
        Assert.Equal(code == 200 ? 1 : 0, bob.Hear().Count);
    }

    [Fact]
    public void m22_AListOfTenThousandRecipientsIsTooLong()
    {
        var (alice, _, _) = JoinThree();
        var list = string.Concat(Enumerable.Range(0, 10_000).Select(static i => $"To: <sip:user{i}@example.com>\r\n"));
        Assert.Equal(400, alice.SendWhole($"From: <{Alice}>\r\n{list}{Content}"));
        Assert.Equal(400, alice.SendChunk("long", $"From: <{Alice}>\r\n{list}"[..9000], 1, -1));
    }

    [Fact]
    public void m22_CpimWithinCpimIsContent()
    {
        var (alice, bob, _) = JoinThree();
        var nested = string.Concat(Enumerable.Repeat("From: <sip:bob@example.com>\r\nTo: <sip:x@y>\r\n\r\nContent-Type: message/cpim\r\n\r\n", 1000));
        var body = $"From: <{Alice}>\r\n{To}\r\nContent-Type: message/cpim\r\n\r\n{nested}";
        Assert.Equal(200, alice.SendWhole(body));
        Assert.Equal([body], bob.Hear());
    }

    [Fact]
    public void HeadersMayBeSplitOverChunksAnywhere()
    {
        var (alice, bob, _) = JoinThree();
        var body = MsrpText.Cpim(Alice, RoomBench.Uri, "text");
        for (var at = 0; at <= body.Length; at++)
        {
            var id = alice.NextMessageId();
            Assert.Equal(200, alice.SendChunk(id, body[..at], 1, body.Length));
            Assert.Equal(200, alice.SendChunk(id, body[at..], at + 1, body.Length, '$'));
            Assert.Equal([body], bob.Hear());
        }
    }

    [Fact]
    public void HeadersMayComeByteByByte()
    {
        var (alice, bob, carol) = JoinThree();
        var body = MsrpText.Cpim(Alice, Bob, "text");
        Assert.All(alice.SendInChunks("long", body, 1), static code => Assert.Equal(200, code));
        Assert.Equal([body], bob.Hear());
        Assert.Empty(carol.Msrp.Take());
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(90)]
    public void WrongHeadersThatAreSplitAreRefusedWithTheChunkThatCompletesThem(int at)
    {
        var (alice, bob, _) = JoinThree();
        var body = MsrpText.Cpim(Bob, RoomBench.Uri, "text");
        Assert.Equal(200, alice.SendChunk("long", body[..at], 1, body.Length));
        Assert.Equal(403, alice.SendChunk("long", body[at..], at + 1, body.Length));
        Assert.Equal(413, alice.SendChunk("long", "more", body.Length + 1, body.Length + 4, '$'));
        Assert.Empty(bob.Msrp.Take());
    }

    [Fact]
    public void AMessageWhoseHeadersNeverCompleteHoldsLittleAndNobodyHearsIt()
    {
        var (alice, bob, _) = JoinThree();
        var next = 1;
        var code = alice.SendChunk("long", $"From: <{Alice}>\r\n{To}", next, -1);
        next += $"From: <{Alice}>\r\n{To}".Length;
        while (code == 200)
        {
            code = alice.SendChunk("long", "X-Any: " + new string('x', 993) + "\r\n", next, -1);
            next += 1002;
        }

        Assert.Equal(400, code);
        Assert.True(next < 10_000);
        Assert.Empty(bob.Msrp.Take());
    }

    [Fact]
    public void AWrappedTypeMayBeSplitOverChunksAnywhere()
    {
        var alice = Bench.Join(Alice);
        var bob = Bench.Join(Bob, acceptWrappedTypes: ["text/plain"]);
        var carol = Bench.Join(Carol, acceptWrappedTypes: ["image/png"]);
        var body = $"From: <{Alice}>\r\n{To}\r\nContent-Length: 4\r\nContent-Type: image/png\r\n\r\ndata";
        for (var at = 1; at <= body.Length; at++)
        {
            var id = alice.NextMessageId();
            alice.SendChunk(id, body[..at], 1, body.Length);
            alice.SendChunk(id, body[at..], at + 1, body.Length, '$');
            Assert.Empty(bob.Msrp.Take());
            Assert.Equal([body], carol.Hear());
        }
    }
}
