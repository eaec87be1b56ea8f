using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>One connection that carries sessions of two loops (RFC 4975 section 5.4): frames for the far one cross, and its frames come back.</summary>
public sealed class CrossingTests : TwoLoopsTestBase
{
    [Fact]
    public void BothSessionsAreBoundAndHeardInOrder()
    {
        var (near, far) = BoundOnOneConnection();
        for (var i = 0; i < 100; i++)
        {
            near.Connection.Receive(Send($"n{i:d4}", near.SessionPath, near.Path, $"near {i}") + Send($"f{i:d4}", far.SessionPath, far.Path, $"far {i}"));
        }

        Bench.Run();
        Assert.Equal(Enumerable.Range(0, 100).Select(static i => $"Send near {i}$"), NearOwner.Events);
        Assert.Equal(Enumerable.Range(0, 100).Select(static i => $"Send far {i}$"), FarOwner.Events);
        var answers = near.Connection.TakeFrames();
        Assert.All(answers, static answer => Assert.Equal(200, answer.StatusCode));
        Assert.Equal(Enumerable.Range(0, 100).Select(static i => $"f{i:d4}"), answers.Where(answer => answer.FromPath == far.SessionPath).Select(static answer => answer.TransactionId));
        Assert.Equal(200, answers.Count);
        AssertCountedOnce();
        AssertNothingFailed();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(777)]
    [InlineData(1_000_000)]
    public void AFrameOfAnyLengthCrossesHoweverItIsCut(int portion)
    {
        var (near, far) = BoundOnOneConnection();
        var body = string.Concat(Enumerable.Range(0, portion == 1 ? 30_000 : 300_000).Select(static i => (char)('a' + (i % 26))));
        var bytes = MsrpText.Bytes(Send("f0001", far.SessionPath, far.Path, body));
        for (var at = 0; at < bytes.Length; at += portion)
        {
            near.Connection.Receive(bytes.AsSpan(at, Math.Min(portion, bytes.Length - at)));
            Bench.Run();
        }

        Assert.Equal(200, far.TakeOne().StatusCode);
        Assert.Equal(body, string.Concat(FarOwner.Events.Select(static note => note["Send ".Length..^1])));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // peers exist that swap the paths of an answer
    public void AFarSessionSendsAndItsAnswersCross(bool swapped)
    {
        var (near, far) = BoundOnOneConnection();
        var status = 0;
        far.Session.Send(new OutgoingMessage("text/plain", "hello"u8.ToArray()) { Completed = (_, code) => status = code });
        var request = far.TakeOne();
        Assert.Equal((far.Path, far.SessionPath, "hello"), (request.ToPath, request.FromPath, request.Body));
        var (to, from) = swapped ? (far.Path, far.SessionPath) : (far.SessionPath, far.Path);
        near.Connection.Receive(MsrpText.Response(request.TransactionId, 200, to, from));
        Bench.Run();
        Assert.Equal(OutgoingMessage.Delivered, status);
    }

    [Fact]
    public void ASessionThatLagsHoldsTheConnectionUp()
    {
        const int Sent = 300;
        var (near, far) = BoundOnOneConnection();
        far.Session.Connection!.Pause(PauseReason.Laggards);
        var body = new string('x', 10_000);
        for (var i = 0; i < Sent; i++)
        {
            near.Connection.Receive(Send($"f{i:d4}", far.SessionPath, far.Path, body + i));
            Bench.Run();
        }

        Assert.True(near.Connection.IsPausedFor(PauseReason.Crossing));
        Assert.InRange(near.Connection.UnreadInput, (Sent - 20) * body.Length, Sent * (body.Length + 500));
        Assert.Empty(FarOwner.Events);

        far.Session.Connection!.Resume(PauseReason.Laggards);
        Bench.Run();
        Assert.False(near.Connection.IsPaused);
        Assert.Equal(Enumerable.Range(0, Sent).Select(i => $"Send {body}{i}$"), FarOwner.Events);
        Assert.Equal(Sent, far.Take().Count);
    }

    [Fact]
    public void APeerThatDoesNotReadHoldsTheFarSessionUp()
    {
        const int Sent = 200;
        var (near, far) = BoundOnOneConnection();
        near.Connection.Block();
        var bodies = Enumerable.Range(0, Sent).Select(static i => new string((char)('a' + (i % 26)), 2_000) + i).ToList();
        foreach (var body in bodies)
        {
            far.Session.Send(new OutgoingMessage("text/plain", MsrpText.Bytes(body)));
            Bench.Run();
        }

        Assert.True(far.Session.Connection!.IsBlocked);
        Assert.InRange(near.Connection.Backlog, 1, 64 * 1024);

        var heard = new List<string>();
        for (var turn = 0; turn < 10_000 && heard.Count < Sent; turn++)
        {
            near.Connection.Unblock(5_000);
            Bench.Run();
            near.Connection.Unblock();
            Bench.Run();
            foreach (var frame in near.Connection.TakeFrames())
            {
                heard.Add(frame.Body!);
                near.Connection.Receive(MsrpText.Response(frame.TransactionId, 200, far.SessionPath, far.Path));
            }
        }

        Assert.Equal(bodies, heard);
        Assert.Contains("writable", FarOwner.Events);
    }

    [Fact]
    public void WhatBothLoopsSayToAPeerThatReadsSlowlyComesFrameByFrame()
    {
        const int Sent = 60;
        var (near, far) = BoundOnOneConnection();
        near.Connection.Block();
        for (var i = 0; i < Sent; i++)
        {
            // More waits on the far loop than crosses at once.
            far.Session.Send(new OutgoingMessage("text/plain", new byte[2_000]) { FailureReport = FailureReport.No });
            Bench.Run();
        }

        for (var i = 0; i < Sent; i++)
        {
            near.Connection.Unblock(i % 2 == 0 ? 3_000 : long.MaxValue);
            near.Session.Send(new OutgoingMessage("text/plain", new byte[1_000]) { FailureReport = FailureReport.No });
            Bench.Run();
            near.Connection.Block();
        }

        near.Connection.Unblock();
        Assert.Equal([.. Enumerable.Repeat(1_000, Sent), .. Enumerable.Repeat(2_000, Sent)], near.Take().Select(static frame => frame.Body!.Length).Order());
    }

    [Fact]
    public void APeerThatNeverReadsIsCutOffForAll()
    {
        var (near, far) = BoundOnOneConnection();
        near.Connection.Block();
        for (var i = 0; i < 60; i++)
        {
            far.Session.Send(new OutgoingMessage("text/plain", new byte[2_000]));
        }

        Bench.Run(Near.Options.OutboxAge + TimeSpan.FromSeconds(2));
        Assert.True(near.Connection.IsClosed);
        Assert.Equal(1, Closed(MsrpCloseReason.SlowReader));
        Assert.Equal("closed SlowReader", NearOwner.Events[^1]);
        Assert.Equal("closed SlowReader", FarOwner.Events[^1]);
    }

    [Fact]
    public void AnOutboxThatOverflowsOnTheFarLoopEndsTheConnectionAtOnce()
    {
        var (near, far) = BoundOnOneConnection();
        near.Connection.Block();
        for (var i = 0; far.Session.Connection is { IsClosed: false }; i++)
        {
            far.Session.Report("m0001"u8, i, MsrpRejection.None);
            if (i % 100 == 0)
            {
                Bench.Run();
            }

            Assert.InRange(i, 0, 10_000);
        }

        Assert.True(near.Connection.IsBlocked);
        Assert.True(near.Connection.IsClosed);
        Assert.Equal("closed SlowReader", NearOwner.Events[^1]);
        Assert.Equal("closed SlowReader", FarOwner.Events[^1]);
    }

    [Fact]
    public void WhatWasSaidBeforeTheEndIsHeardOnBothLoops()
    {
        var (near, far) = BoundOnOneConnection();
        near.Connection.Receive(Send("n0001", near.SessionPath, near.Path, "last") + Send("f0001", far.SessionPath, far.Path, "words"));
        near.Connection.EndInput();
        Bench.Run();
        Assert.Equal(["Send last$", "closed PeerClosed"], NearOwner.Events);
        Assert.Equal(["Send words$", "closed PeerClosed"], FarOwner.Events);
        Assert.Equal((0, 0), (Near.ConnectionCount, Far.ConnectionCount));
        Assert.Equal(1, Closed(MsrpCloseReason.PeerClosed));
        AssertNothingFailed();
    }

    [Fact]
    public void AFarFrameCutOffIsTruncatedOnce()
    {
        var (near, far) = BoundOnOneConnection();
        near.Connection.Receive(Send("f0001", far.SessionPath, far.Path, new string('x', 50_000))[..40_000]);
        near.Connection.EndInput();
        Bench.Run();
        Assert.Equal("closed Truncated", NearOwner.Events[^1]);
        Assert.Equal("closed Truncated", FarOwner.Events[^1]);
        Assert.Equal(1, Bench.Loops.Sum(static loop => loop.Statistics.Rejections(MsrpRejection.Truncated)));
    }

    [Fact]
    public void ABrokenConnectionEndsBoth()
    {
        var (near, far) = BoundOnOneConnection();
        near.Connection.WriteFailure = new IOException("broken pipe");
        far.Session.Send(new OutgoingMessage("text/plain", "hello"u8.ToArray()));
        Bench.Run();
        Assert.Equal("closed TransportError", NearOwner.Events[^1]);
        Assert.Equal("closed TransportError", FarOwner.Events[^1]);
        AssertNothingFailed();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheConnectionClosesWithTheLastSessionOfEitherLoop(bool nearFirst)
    {
        var (near, far) = BoundOnOneConnection();
        var (first, last) = nearFirst ? (near, far) : (far, near);
        first.Session.Close();
        Bench.Run();
        Assert.False(near.Connection.IsClosed);
        last.Send("m0001", "still here", contentType: "text/plain");
        Assert.Equal(200, last.TakeOne().StatusCode);

        last.Session.Close();
        Bench.Run();
        Assert.True(near.Connection.IsClosed);
        Assert.Equal(1, Closed(MsrpCloseReason.Local));
        Assert.Equal((0, 0), (Near.ConnectionCount, Far.ConnectionCount));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void ASessionThatIsJustBeingBoundOutlivesTheLastOneOfTheOtherLoopHoweverLateThatIs(int seconds)
    {
        var near = NearPeer();
        var far = FarPeer(near.Connection);
        near.Bind();
        near.Take();
        near.Connection.Receive(MsrpText.Request("SEND", "bind", far.SessionPath, far.Path, "Message-ID: bind0001"));

        // The near loop reads the frame and ends its own session before the far loop comes round.
        Near.RunOnce();
        Near.Post(() => near.Session.CloseNow(MsrpCloseReason.Local));
        Near.RunOnce();
        for (var second = 0; second < seconds; second++)
        {
            Bench.Time.Advance(TimeSpan.FromSeconds(1));
            Near.RunOnce();
        }

        Bench.Run(TimeSpan.FromSeconds(5));
        Assert.False(near.Connection.IsClosed);
        Assert.Equal(200, far.TakeOne().StatusCode);
        far.Send("m0001", "still here", contentType: "text/plain");
        Assert.Equal(200, far.TakeOne().StatusCode);
    }

    [Fact]
    public void ASessionThatEndsLeavesTheWayOpenForTheNext()
    {
        var (near, far) = BoundOnOneConnection();
        far.Session.Close();
        Bench.Run();
        var next = FarPeer(near.Connection);
        next.Bind();
        Assert.Equal(200, next.TakeOne().StatusCode);
        Assert.Equal(1, Near.Statistics.Crossings);
    }

    [Fact]
    public void TheLastAnswerOfTheLastSessionComesBeforeTheEnd()
    {
        var (near, far) = BoundOnOneConnection();
        near.Session.Close();
        Bench.Run();
        near.Connection.TakeFrames();
        far.Connection.Receive(Send("f0001", far.SessionPath, far.Path, "goodbye"));
        FarOwner.Answered = session => session.CloseNow(MsrpCloseReason.Local);
        Assert.Equal(200, far.TakeOne().StatusCode);
        Assert.True(near.Connection.IsClosed);
    }

    [Fact]
    public void TooManyFramesForNobodyEndTheConnection()
    {
        var (near, far) = BoundOnOneConnection();
        for (var i = 0; i <= Near.Options.Failures; i++)
        {
            near.Connection.Receive(Send($"f{i:d4}", far.SessionPath[..^6] + "00;tcp", far.Path, "who is there?"));
        }

        Bench.Run();
        Assert.Equal(Near.Options.Failures + 1, near.Connection.TakeFrames().Count);
        Assert.Equal(1, Closed(MsrpCloseReason.TooManyFailures));
        Assert.Equal("closed TooManyFailures", NearOwner.Events[^1]);
        Assert.Equal("closed TooManyFailures", FarOwner.Events[^1]);
    }

    [Fact]
    public void ASessionIsBoundToOneConnectionOnWhicheverLoop()
    {
        var (_, far) = BoundOnOneConnection();
        var other = Bench.Connect();
        other.Receive(Send("t0001", far.SessionPath, far.Path, "me too"));
        Bench.Run();
        Assert.Equal(506, Assert.Single(other.TakeFrames()).StatusCode);
    }

    [Fact]
    public void AConnectionWithSessionsOfTheOtherLoopAloneIsBound()
    {
        var (near, far) = BoundOnOneConnection();
        near.Session.Close();
        Bench.Run(Near.Options.Bind + TimeSpan.FromSeconds(2));
        far.Send("m0001", "still here", contentType: "text/plain");
        Assert.Equal(200, far.TakeOne().StatusCode);
    }

    [Fact]
    public void WhileTheConnectionIsNotReadItsFarPartIsNotCalledSlow()
    {
        var (near, far) = BoundOnOneConnection();
        var bytes = MsrpText.Bytes(Send("f0001", far.SessionPath, far.Path, new string('x', 45_000)));
        near.Connection.Receive(bytes.AsSpan(0, 30_000));
        Bench.Run();
        near.Connection.Pause(PauseReason.Laggards);
        Bench.Run(TimeSpan.FromMinutes(5));
        near.Connection.Resume(PauseReason.Laggards);
        near.Connection.Receive(bytes.AsSpan(30_000));
        Assert.Equal(200, far.TakeOne().StatusCode);
    }

    [Fact]
    public void ASessionWhosePeerIsNotKnownYetHoldsUpTheOtherLoopForSecondsOnly()
    {
        var near = NearPeer();
        near.Bind();
        near.Take();
        var rings = Bench.Endpoint.CreateSession(FarOwner, Far);
        for (var i = 0; i < 10; i++)
        {
            near.Connection.Receive(Send($"f{i:d4}", rings.LocalPath, "msrp://198.51.100.7:9/rings;tcp", new string('x', 15_000)));
        }

        near.Send("m0001", "behind them", contentType: "text/plain");
        Assert.Empty(near.Take());
        Bench.Run(Near.Options.PathWait + TimeSpan.FromSeconds(1));
        Assert.Equal(Enumerable.Repeat(481, 10).Append(200).Order(), near.Take().Select(static answer => answer.StatusCode).Order());
    }

    private void AssertCountedOnce()
    {
        var statistics = Bench.Loops.Select(static loop => loop.Statistics).ToList();
        Assert.Equal(1, statistics.Sum(static one => one.ConnectionsOpened));
        Assert.Equal(202, statistics.Sum(static one => one.FramesReceived));
        Assert.Equal((0, 1), (Far.Statistics.Crossings, Near.Statistics.Crossings));
    }

    [Fact]
    public void APeerThatClosesItsEndStillGetsTheAnswersOfBothLoops()
    {
        var (near, far) = BoundOnOneConnection();
        near.Connection.Receive(Send("n0001", near.SessionPath, near.Path, "last words") + Send("f0001", far.SessionPath, far.Path, "last words"));
        near.Connection.EndInput();
        Bench.Run();
        Assert.Equal(["f0001", "n0001"], near.Connection.TakeFrames().Select(static answer => answer.TransactionId).Order());
        Assert.True(near.Connection.IsTransportClosed);
        Assert.Equal(["Send last words$", "closed PeerClosed"], NearOwner.Events);
        Assert.Equal(["Send last words$", "closed PeerClosed"], FarOwner.Events);
        AssertNothingFailed();
    }

    [Fact]
    public void AnOwnerWhoDoesNotReadDelaysTheEndBySecondsOnly()
    {
        var (near, far) = BoundOnOneConnection();
        far.Session.Connection!.Hold();
        near.Connection.EndInput();
        Bench.Run();
        Assert.False(near.Connection.IsTransportClosed);
        Bench.Run(TimeSpan.FromSeconds(6));
        Assert.True(near.Connection.IsTransportClosed);
        Assert.Equal(["closed PeerClosed"], NearOwner.Events);
    }
}
