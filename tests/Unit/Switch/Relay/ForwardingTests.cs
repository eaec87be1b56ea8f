using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Relay;

/// <summary>What goes on, and what stays as it was (CONTRACT: an anchored session keeps Message-ID, Content-Type and reports).</summary>
public sealed class ForwardingTests : RelayTestBase
{
    [Fact]
    [Trait("Section", "RFC 4975 5.1")]
    public void AMessageGoesOnUnderThePathsOfTheNextHop()
    {
        var sent = Alice.Send("Msg12345", "hello", "1-5/5", contentType: "text/plain;charset=UTF-8", headers:
            ["Success-Report: yes", "Failure-Report: partial", "Content-ID: <a@b>", "Content-Disposition: render", "X-Any: some thing"]);
        var frame = Bob.TakeOne();
        Assert.Equal(("SEND", '$', "hello"), (frame.Method, frame.Flag, frame.Body));
        Assert.Equal((Bob.Path, Bob.SessionPath), (frame.ToPath, frame.FromPath));
        Assert.Equal(("Msg12345", "1-5/5"), (frame.MessageId, frame.ByteRange));
        Assert.Equal(("yes", "partial"), (frame["Success-Report"], frame["Failure-Report"]));
        Assert.Equal(("<a@b>", "render", "some thing"), (frame["Content-ID"], frame["Content-Disposition"], frame["X-Any"]));
        Assert.Equal(("Content-Type", "text/plain;charset=UTF-8"), frame.Headers[^1]);
        Assert.NotEqual(sent, frame.TransactionId);
        Assert.Empty(Alice.Take());
    }

    [Fact]
    public void BothSidesSpeak()
    {
        Relay("Msg00001", "question");
        Bob.Send("Msg00001", "answer", contentType: "text/plain");
        Assert.Equal(200, Bob.TakeOne().StatusCode);
        Assert.Equal(("answer", "Msg00001"), (Alice.Take() is [var frame] ? frame.Body : null, "Msg00001"));
    }

    [Theory]
    [Trait("Section", "RFC 4975 7.1.1")]
    [InlineData("1-5/5", "1-5/5")]
    [InlineData("1-*/5", "1-5/5")]
    [InlineData("1-*/*", "1-5/*")]
    [InlineData(null, "1-5/*")]
    [InlineData("11-15/15", "11-15/15")]
    public void TheRangeIsExactAndTheTotalIsKept(string? range, string expected) => Assert.Equal(expected, Relay("Msg00001", "hello", range).ByteRange);

    [Fact]
    [Trait("Section", "RFC 4975 5.1")]
    public void InterleavedMessagesGoOnChunkByChunk()
    {
        Assert.Equal(("1-5/10", '+'), Seen(Relay("Msg00001", "hello", "1-5/10", '+')));
        Assert.Equal(("1-3/*", '+'), Seen(Relay("Msg00002", "abc", "1-*/*", '+')));
        Assert.Equal(("6-10/10", '$'), Seen(Relay("Msg00001", "world", "6-10/10")));
        Assert.Equal(("4-6/*", '#'), Seen(Relay("Msg00002", "def", "4-*/*", '#')));
        static (string?, char) Seen(MsrpWireFrame frame) => (frame.ByteRange, frame.Flag);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1")]
    public void AnEndWithoutABodyEndsItsMessage()
    {
        Relay("Msg00001", "hello", "1-5/*", '+');
        Alice.Request("SEND", "Message-ID: Msg00001", "Byte-Range: 6-5/5");
        var frame = Bob.TakeOne();
        Assert.Equal(("6-5/5", '$', (string?)null), (frame.ByteRange, frame.Flag, frame.Body));
    }

    [Theory]
    [Trait("Section", "RFC 4975 7.1")]
    [InlineData("")]
    [InlineData("text/x-msrp-heartbeat")]
    public void SignsOfLifeEndHere(string contentType)
    {
        if (contentType.Length == 0)
        {
            Alice.Bind();
        }
        else
        {
            Alice.Send("Msg00001", "", contentType: contentType);
        }

        Assert.Equal(200, Alice.TakeOne().StatusCode);
        Assert.Empty(Bob.Take());
    }

    [Theory]
    [Trait("Section", "RFC 4975 7.2")]
    [InlineData("NICKNAME")]
    [InlineData("AUTH")]
    [InlineData("DANCE")]
    public void WhatOnlyRoomsAndRelaysKnowIsRefused(string method)
    {
        Alice.Request(method, "Use-Nickname: \"A\"");
        Assert.Equal(501, Alice.TakeOne().StatusCode);
        Assert.Empty(Bob.Take());
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1")]
    public void NoBodyCanForgeAFrame()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 50; i++)
        {
            var forged = string.Concat(ids.Select(static id => $"\r\n-------{id}$\r\nMSRP {id} SEND\r\n"));
            var frame = Relay($"Msg{i:d5}", forged);
            Assert.Equal(forged, frame.Body);
            Assert.Equal(16, frame.TransactionId.Length);
            Assert.True(ids.Add(frame.TransactionId));
        }
    }

    [Fact]
    public void AFrameMayBeSplitAnywhere()
    {
        var bytes = MsrpText.Bytes(MsrpText.Send("abcd", Alice.SessionPath, Alice.Path, "Msg00001", "hello\r\n-------abc\r\n", "1-*/*", headers: "X-Any: x"));
        for (var at = 0; at <= bytes.Length; at++)
        {
            Alice.Connection.Receive(bytes.AsSpan(0, at));
            Bench.Msrp.Run();
            Alice.Connection.Receive(bytes.AsSpan(at));
            Assert.Equal(200, Alice.TakeOne().StatusCode);
            var frame = Bob.TakeOne();
            Assert.Equal(("hello\r\n-------abc\r\n", "1-19/*", "x"), (frame.Body, frame.ByteRange, frame["X-Any"]));
        }
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.2")]
    public void WhoWantsNoAnswersGetsNone()
    {
        Alice.Send("Msg00001", "hello", headers: "Failure-Report: no");
        Assert.Empty(Alice.Take());
        Assert.Equal("no", Bob.TakeOne()["Failure-Report"]);
    }

    [Fact]
    [Trait("Section", "RFC 4975 5.4")]
    public void AStrangerLearnsNothing()
    {
        var stranger = new MsrpPeer(Bench.Msrp, Alice.Session, Bench.Msrp.Connect(), Alice.Path);
        stranger.Send("Msg00001", "hello");
        Assert.Equal(506, stranger.TakeOne().StatusCode);
        Assert.Empty(Bob.Take());
    }

    [Fact]
    public void OneConnectionMayCarryBothSides()
    {
        var route = Bench.Create();
        var connection = Bench.Msrp.Connect();
        var (here, there) = (Bench.Attach(route.First, connection), Bench.Attach(route.Second, connection));
        RelayBench.Bind(here);
        RelayBench.Bind(there);
        here.Send("Msg00001", "hello", contentType: "text/plain");
        var frames = here.Take();
        Assert.Equal(there.Path, Assert.Single(frames, static frame => frame.Body == "hello").ToPath);
        there.Respond(frames.First(static frame => !frame.IsResponse), 415);
        IsReport(here.TakeOne(), "Msg00001", "1-5/*", 415);
    }
}
