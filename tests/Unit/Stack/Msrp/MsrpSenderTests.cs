using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Msrp.Headers;
using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>How a session's own messages leave: chunks, turns, windows, errors.</summary>
public sealed class MsrpSenderTests : SessionTestBase
{
    private readonly List<(string Message, int Status)> _results = [];

    public MsrpSenderTests()
        : base(MsrpBench.Options with { ChunksInFlight = 4 })
    {
    }

    [Theory]
    [InlineData(0, "1-0/0$")]
    [InlineData(1, "1-1/1$")]
    [InlineData(100, "1-100/100$")]
    [InlineData(101, "1-100/101+ 101-101/101$")]
    [InlineData(250, "1-100/250+ 101-200/250+ 201-250/250$")]
    public void AMessageLeavesInChunksWithExactRanges(int length, string expected)
    {
        var peer = BoundPeer();
        var body = Body(length);
        Send(peer, "m", body);
        var chunks = peer.Take();
        Assert.Equal(expected, string.Join(' ', chunks.Select(static chunk => chunk.ByteRange + chunk.Flag)));
        Assert.Equal(body, string.Concat(chunks.Select(static chunk => chunk.Body)));
        Assert.Single(chunks.Select(static chunk => chunk.MessageId).Distinct());
        Assert.Equal(chunks.Count, chunks.Select(static chunk => chunk.TransactionId).Distinct().Count());
        Assert.All(chunks, chunk => Assert.Equal((peer.Path, peer.SessionPath, "text/plain"), (chunk.ToPath, chunk.FromPath, chunk["Content-Type"])));
    }

    [Fact]
    public void AMessageIsDeliveredWhenEveryChunkHasBeenAnswered()
    {
        var peer = BoundPeer();
        Send(peer, "m", Body(300));
        var chunks = peer.Take();
        peer.Respond(chunks[2]);
        peer.Respond(chunks[0]);
        Assert.Empty(_results);
        peer.Respond(chunks[1]);
        Assert.Equal([("m", 200)], _results);
    }

    [Fact]
    public void NoMoreChunksAreInFlightThanAllowed()
    {
        var peer = BoundPeer();
        Send(peer, "m", Body(1000));
        var chunks = new List<MsrpWireFrame>(peer.Take());
        Assert.Equal(4, chunks.Count);
        for (var answered = 0; answered < chunks.Count; answered++)
        {
            peer.Respond(chunks[answered]);
            chunks.AddRange(peer.Take());
            Assert.True(chunks.Count - answered - 1 <= 4);
        }

        Assert.Equal(10, chunks.Count);
        Assert.Equal([("m", 200)], _results);
    }

    [Fact]
    public void MessagesTakeTurns()
    {
        var peer = BoundPeer();
        Send(peer, "a", Body(1000, 'a'));
        Send(peer, "b", Body(500, 'b'));
        Send(peer, "c", Body(10, 'c'));
        var order = string.Concat(AnswerAll(peer).Select(static chunk => chunk.Body![0]));
        Assert.Equal(16, order.Length);
        Assert.StartsWith("aaaa", order, StringComparison.Ordinal);
        Assert.Contains("c", order[4..7], StringComparison.Ordinal);
        Assert.Equal(5, order.Count(static chunk => chunk == 'b'));
        Assert.DoesNotContain("bb", order, StringComparison.Ordinal);
        Assert.Equal(["c", "b", "a"], _results.Select(static result => result.Message));
    }

    [Theory]
    [InlineData(413)]
    [InlineData(403)]
    [InlineData(599)]
    public void ARefusedMessageStopsAndTellsThePeerToDropIt(int code)
    {
        var peer = BoundPeer();
        Send(peer, "m", Body(1000));
        Send(peer, "next", "short");
        var chunks = peer.Take();
        peer.Respond(chunks[1], code);
        Assert.Equal([("m", code)], _results);
        var rest = AnswerAll(peer).OrderBy(static chunk => chunk.Flag).ToList();
        Assert.Equal([("401-400/1000", '#', ""), ("1-5/5", '$', "short")], rest.Select(static chunk => (chunk.ByteRange!, chunk.Flag, chunk.Body!)));
        Assert.Equal(chunks[0].MessageId, rest[0].MessageId);
        Assert.Equal([("m", code), ("next", 200)], _results);
    }

    [Fact]
    public void ARefusedMessageThatHasLeftWholeNeedsNoAbort()
    {
        var peer = BoundPeer();
        Send(peer, "m", Body(200));
        peer.Respond(peer.Take()[0], 413);
        Assert.Empty(peer.Take());
        Assert.Equal([("m", 413)], _results);
    }

    [Fact]
    public void AMessageWithoutAnswersTimesOutAndTheNextOneLeaves()
    {
        var peer = BoundPeer();
        Send(peer, "m", Body(1000));
        Send(peer, "next", "short");
        var chunks = peer.Take();
        Bench.Run(Bench.Loop.Options.Transaction);
        Assert.Empty(_results);
        Bench.Run(TimeSpan.FromSeconds(2));
        Assert.Equal([("m", 408)], _results);
        peer.Respond(chunks[0]);
        Assert.Equal(['#', '$'], AnswerAll(peer).Select(static chunk => chunk.Flag).Order());
        Assert.Equal([("m", 408), ("next", 200)], _results);
    }

    [Fact]
    public void APeerThatDoesNotKnowTheSessionEndsItAndItsMessages()
    {
        var peer = BoundPeer();
        Send(peer, "m", Body(1000));
        Send(peer, "next", "short");
        peer.Respond(peer.Take()[0], 481);
        Assert.Equal([("m", 481), ("next", 0)], _results);
        Assert.Equal(["closed SessionRefused"], Owner.Events);
    }

    [Fact]
    public void ALostConnectionEndsAllMessages()
    {
        var peer = BoundPeer();
        Send(peer, "m", Body(1000));
        Send(peer, "next", "short");
        peer.Session.SendNickname("Bob", status => _results.Add(("nickname", status)));
        Bench.Run();
        peer.Connection.EndInput();
        Bench.Run();
        Send(peer, "late", "text");
        Bench.Run();
        Assert.Equal([("late", 0), ("m", 0), ("next", 0), ("nickname", 0)], _results.Order());
    }

    [Theory]
    [InlineData(FailureReport.Partial)]
    [InlineData(FailureReport.No)]
    public void AMessageThatAsksForNoAnswerIsDoneWhenItHasLeft(FailureReport report)
    {
        var peer = BoundPeer();
        Send(peer, "m", Body(1000), report);
        Assert.Equal(10, peer.Take().Count);
        Assert.Equal([("m", 200)], _results);
    }

    [Theory]
    [InlineData(FailureReport.Partial, 2048)]
    [InlineData(FailureReport.No, 100_000)]
    [InlineData(FailureReport.Yes, 100_000)]
    public void ALongMessageToASlowPeerWaitsInsteadOfCuttingItOff(FailureReport report, int chunkSize)
    {
        var peer = BoundPeer();
        peer.Connection.Block();
        var body = Body(800_000);
        Send(peer, "m", body, report, chunkSize);
        var received = new System.Text.StringBuilder();
        for (var i = 0; i < 1000 && !peer.Connection.IsClosed && received.Length < body.Length; i++)
        {
            Bench.Run();
            Assert.True(peer.Connection.Backlog < 200_000);
            peer.Connection.Unblock(50_000);
            Bench.Run();
            peer.Connection.Unblock();
            foreach (var chunk in peer.Take())
            {
                received.Append(chunk.Body);
                if (report == FailureReport.Yes)
                {
                    peer.Respond(chunk);
                }
            }

            peer.Connection.Block();
        }

        Assert.Equal(body, received.ToString());
        Assert.Equal([("m", 200)], _results);
    }

    [Fact]
    public void ALongMessageIsNotRenderedAllAtOnce()
    {
        var peer = BoundPeer();
        Send(peer, "m", Body(5_000_000), FailureReport.No, 2048);
        var writes = Bench.Statistics.Writes;
        Bench.Run();
        Assert.InRange(Bench.Statistics.Writes - writes, 5_000_000 / (128 * 1024), 1000);
        Assert.Equal([("m", 200)], _results);
    }

    [Fact]
    public void ABodyOfEndLinesArrivesAsABody()
    {
        var peer = BoundPeer();
        var body = string.Concat(Enumerable.Range(0, 200).Select(static i => $"\r\n-------{i:x16}$\r\nMSRP {i:x16} SEND\r\nTo-Path: x\r\nFrom-Path: y\r\n-------{i:x16}$\r\n"));
        Send(peer, "m", body);
        Assert.Equal(body, string.Concat(AnswerAll(peer).Select(static chunk => chunk.Body)));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(425)]
    public void ANicknameIsAskedFor(int code)
    {
        var peer = BoundPeer();
        peer.Session.SendNickname("Bob \"the\" great", status => _results.Add(("nickname", status)));
        var request = peer.TakeOne();
        Assert.Equal(("NICKNAME", "\"Bob \\\"the\\\" great\""), (request.Method, request["Use-Nickname"]));
        peer.Respond(request, code);
        Assert.Equal([("nickname", code)], _results);
    }

    [Fact]
    public void ANicknameThatIsNotAnsweredTimesOut()
    {
        var peer = BoundPeer();
        peer.Session.SendNickname("Bob", status => _results.Add(("nickname", status)));
        Bench.Run(Bench.Loop.Options.Transaction + TimeSpan.FromSeconds(2));
        Assert.Equal([("nickname", 408)], _results);
    }

    [Theory]
    [InlineData("a\r\nX-Forged: b")]
    [InlineData("a\0b")]
    public void ANicknameCannotSmuggleHeaders(string nickname)
    {
        var peer = BoundPeer();
        Assert.Throws<ArgumentException>(() => peer.Session.SendNickname(nickname, _ => { }));
        Assert.Throws<ArgumentException>(() => new OutgoingMessage(nickname, default));
        Assert.Empty(peer.Take());
    }

    [Fact]
    public void ASuccessReportIsAskedForInEveryChunk()
    {
        var peer = BoundPeer();
        peer.Session.Send(new OutgoingMessage("text/plain", MsrpText.Bytes(Body(150))) { ChunkSize = 100, SuccessReport = true });
        Assert.All(peer.Take(), static chunk => Assert.Equal("yes", chunk["Success-Report"]));
        peer.Session.Report("1234"u8, 150, MsrpRejection.None);
        Bench.Run();
        var report = peer.TakeOne();
        Assert.Equal(("REPORT", "1234", "1-150/150", "000 200 OK"), (report.Method, report.MessageId, report.ByteRange, report["Status"]));
        Assert.True(ByteRange.TryParse(MsrpText.Bytes(report.ByteRange!), out _));
    }

    [Fact]
    public void ABodyThatIsReadWhileItIsSentWaitsForItsBytesAndHoldsUpNobody()
    {
        var peer = BoundPeer();
        var body = Body(250);
        var bytes = MsrpText.Bytes(body);
        var there = 120;
        peer.Session.Send(new OutgoingMessage("text/plain", 250, (offset, most) => bytes.AsSpan((int)offset, Math.Min(most, there - (int)offset)))
        {
            ChunkSize = 100,
            Completed = (_, status) => _results.Add(("file", status)),
        });
        Send(peer, "m", Body(10));
        var chunks = AnswerAll(peer);
        Assert.Equal(["1-10/10", "1-100/250", "101-120/250"], chunks.Select(static chunk => chunk.ByteRange!).OrderBy(static range => range.Length));
        Assert.Equal([("m", 200)], _results);

        there = 250;
        peer.Session.ContinueSending();
        Bench.Run();
        chunks.AddRange(AnswerAll(peer));
        Assert.Equal(body, string.Concat(chunks.Where(static chunk => chunk.ByteRange!.EndsWith("/250", StringComparison.Ordinal)).Select(static chunk => chunk.Body)));
        Assert.Equal([("m", 200), ("file", 200)], _results);
    }

    private static string Body(int length, char letter = 'x') =>
        letter == 'x' ? string.Concat(Enumerable.Range(0, length).Select(static i => (char)('a' + (i % 26)))) : new string(letter, length);

    private void Send(MsrpPeer peer, string name, string body, FailureReport report = FailureReport.Yes, int chunkSize = 100) =>
        peer.Session.Send(new OutgoingMessage("text/plain", MsrpText.Bytes(body))
        {
            ChunkSize = chunkSize,
            FailureReport = report,
            Completed = (_, status) => _results.Add((name, status)),
        });

    /// <summary>Answers 200 until nothing comes any more; returns all that came.</summary>
    private static List<MsrpWireFrame> AnswerAll(MsrpPeer peer)
    {
        var chunks = new List<MsrpWireFrame>(peer.Take());
        for (var i = 0; i < chunks.Count; i++)
        {
            peer.Respond(chunks[i]);
            chunks.AddRange(peer.Take());
        }

        return chunks;
    }
}
