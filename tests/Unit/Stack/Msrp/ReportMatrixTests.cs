using OmaIm.Protocols.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>Which requests are answered, and when (RFC 4975 section 7.2).</summary>
public sealed class ReportMatrixTests : SessionTestBase
{
    [Theory]
    [InlineData(null, false, 200)]
    [InlineData(null, true, 413)]
    [InlineData("yes", false, 200)]
    [InlineData("YES", false, 200)]
    [InlineData("yes", true, 413)]
    [InlineData("partial", false, null)]
    [InlineData("Partial", true, 413)]
    [InlineData("no", false, null)]
    [InlineData("no", true, null)]
    [InlineData("NO", true, null)]
    [InlineData("never", false, 400)]
    [InlineData("", false, 400)]
    public void TheFailureReportSaysWhatASendIsAnswered(string? report, bool isRefused, int? code)
    {
        var peer = BoundPeer();
        Owner.Answer = isRefused ? MsrpRejection.MessageTooLarge : MsrpRejection.None;
        var id = peer.Send("1234", "text", headers: report is null ? [] : ["Failure-Report: " + report]);
        Assert.Equal(
            code is { } expected ? [(id, expected)] : Array.Empty<(string, int)>(),
            peer.Take().Select(static answer => (answer.TransactionId, answer.StatusCode)));
        Assert.Equal(isRefused ? 1 : 0, Bench.Statistics.Rejections(MsrpRejection.MessageTooLarge));
    }

    [Theory]
    [InlineData("yes", 481)]
    [InlineData("partial", 481)]
    [InlineData("no", null)]
    public void AnUnknownSessionIsSilentToThoseWhoWantNoAnswer(string report, int? code)
    {
        var connection = Bench.Connect();
        connection.Receive(MsrpText.Request("SEND", "abcd", "msrp://switch.test/x;tcp", PeerPath, "Message-ID: 1234", "Failure-Report: " + report));
        Bench.Run();
        Assert.Equal(code is { } expected ? [expected] : Array.Empty<int>(), connection.TakeFrames().Select(static answer => answer.StatusCode));
    }

    [Theory]
    [InlineData("yes", null)]
    [InlineData("no", null)]
    [InlineData("Yes", null)]
    [InlineData("maybe", 400)]
    [InlineData("", 400)]
    public void ASuccessReportHeaderIsYesOrNo(string value, int? code)
    {
        var peer = BoundPeer();
        peer.Send("1234", "text", headers: "Success-Report: " + value);
        Assert.Equal(code ?? 200, peer.TakeOne().StatusCode);
    }

    [Fact]
    public void AReportIsNeverAnswered()
    {
        var peer = BoundPeer();
        peer.Request("REPORT", "Message-ID: 1234", "Status: 000 200 OK");
        peer.Request("REPORT", "Message-ID: 1234", "Status: 000 413 No", "Failure-Report: yes", "Success-Report: yes");
        peer.Request("REPORT", "Message-ID: x");
        Owner.Answer = MsrpRejection.MethodUnknown;
        peer.Request("REPORT", "Message-ID: 1234");
        peer.Connection.Receive(MsrpText.Request("REPORT", "abcd", "msrp://switch.test/unknown;tcp", PeerPath, "Message-ID: 1234"));
        Assert.Empty(peer.Take());
        Assert.Equal(1, Bench.Statistics.Rejections(MsrpRejection.MessageIdMalformed));
    }

    [Theory]
    [InlineData("FILE_OFFSET")]
    [InlineData("AUTH")]
    [InlineData("X")]
    public void AMethodThatIsNotKnownGets501AndChangesNothing(string method)
    {
        var peer = BoundPeer();
        peer.Request(method, "Expires: 2147483648");
        Assert.Equal(501, peer.TakeOne().StatusCode);
        Assert.Empty(Owner.Events);
        Assert.Equal(1, Bench.Statistics.Rejections(MsrpRejection.MethodUnknown));
    }

    [Theory]
    [InlineData("Message-ID: 1234")]
    [InlineData("Message-ID: 1234|Byte-Range: 1-0/0")]
    [InlineData("Message-ID: 1234|Byte-Range: 1-0/0|Keep-Alive: yes")]
    public void ASendWithoutABodyIsAnswered(string headers)
    {
        var peer = BoundPeer();
        peer.Request("SEND", headers.Split('|'));
        Assert.Equal(200, peer.TakeOne().StatusCode);
    }

    [Theory]
    [InlineData(null, 400)]
    [InlineData("", 400)]
    [InlineData("abc", 400)]
    [InlineData("-abcd", 400)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 400)]
    [InlineData("abcd", 200)]
    [InlineData("Msg2BCqcBUWKA", 200)]
    public void AMessageIdFollowsItsGrammar(string? messageId, int code)
    {
        var peer = BoundPeer();
        peer.Request("SEND", messageId is null ? [] : ["Message-ID: " + messageId]);
        Assert.Equal(code, peer.TakeOne().StatusCode);
    }

    [Fact]
    public void ContentNeedsAType()
    {
        var peer = BoundPeer();
        peer.Connection.Receive(MsrpText.Send("abcd", peer.SessionPath, peer.Path, "1234", "text").Replace("Content-Type: message/cpim\r\n", "", StringComparison.Ordinal));
        Assert.Equal(400, peer.TakeOne().StatusCode);
        Assert.Empty(Owner.Events);
        Assert.Equal(1, Bench.Statistics.Rejections(MsrpRejection.ContentTypeMissing));
    }

    [Fact]
    public void AnAnswerToASendGoesOneHopBackAnyOtherTheWholePath()
    {
        var peer = Peer();
        var path = $"msrp://relay.test/abc;tcp {peer.Path}";
        peer.Session.RemotePath = path;
        peer.Connection.Receive(MsrpText.Request("SEND", "abcd", peer.SessionPath, path, "Message-ID: 1234"));
        Assert.Equal("msrp://relay.test/abc;tcp", peer.TakeOne().ToPath);
        peer.Connection.Receive(MsrpText.Request("NICKNAME", "abcd", peer.SessionPath, path, "Use-Nickname: \"x\""));
        Assert.Equal(path, peer.TakeOne().ToPath);
    }

    [Fact]
    public void AChunkThatStreamsIsAnsweredOnceAtItsEnd()
    {
        var peer = BoundPeer();
        var chunk = MsrpText.Bytes(MsrpText.Send("abcd", peer.SessionPath, peer.Path, "1234", new string('x', 100_000)));
        peer.Connection.Receive(chunk.AsSpan(0, 90_000));
        Bench.Run();
        Assert.NotEmpty(Owner.Events);
        Assert.Empty(peer.Take());
        peer.Connection.Receive(chunk.AsSpan(90_000));
        Assert.Equal(200, peer.TakeOne().StatusCode);
    }

    [Fact]
    public void AChunkThatIsRefusedIsAnsweredAtOnceAndItsRestIgnored()
    {
        var peer = BoundPeer();
        Owner.Answer = MsrpRejection.MessageTooLarge;
        var chunk = MsrpText.Bytes(MsrpText.Send("abcd", peer.SessionPath, peer.Path, "1234", new string('x', 100_000)));
        peer.Connection.Receive(chunk.AsSpan(0, 50_000));
        Assert.Equal(413, peer.TakeOne().StatusCode);
        var heard = Assert.Single(Owner.Events);
        peer.Connection.Receive(chunk.AsSpan(50_000));
        Assert.Empty(peer.Take());
        Assert.Equal([heard], Owner.Events);
        Owner.Answer = MsrpRejection.None;
        peer.Send("1235", "next");
        Assert.Equal(200, peer.TakeOne().StatusCode);
    }

    [Fact]
    public void ALongChunkForNobodyIsAnsweredOnce()
    {
        var connection = Bench.Connect();
        connection.Receive(MsrpText.Send("abcd", "msrp://switch.test/x;tcp", PeerPath, "1234", new string('x', 200_000)));
        Bench.Run();
        Assert.Equal(481, Assert.Single(connection.TakeFrames()).StatusCode);
        Assert.Equal(1, Bench.Statistics.Rejections(MsrpRejection.NoSuchSession));
        Assert.False(connection.IsClosed);
    }
}
