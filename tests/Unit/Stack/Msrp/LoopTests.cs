using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

public sealed class LoopTests : SessionTestBase
{
    [Fact]
    public void WhatIsPostedRunsInOrderAndAFailureStopsNothing()
    {
        var order = new List<int>();
        Bench.Loop.Post(() => order.Add(1));
        Bench.Loop.Post(static () => throw new InvalidOperationException("a bug"));
        Bench.Loop.Post(() => order.Add(2));
        Bench.Run();
        Assert.Equal([1, 2], order);
        Assert.Equal(1, Bench.Statistics.CallbackFailures);
    }

    [Fact]
    public void AnOwnerThatFailsInTheSweepHarmsNobodyElse()
    {
        var failing = new RecordingOwner();
        BoundPeer(failing);
        var peer = BoundPeer();
        failing.Failure = new InvalidOperationException("a bug");
        peer.Connection.Block();
        peer.Send("1234", "text");
        Bench.Run(TimeSpan.FromSeconds(40));
        Assert.True(Bench.Statistics.CallbackFailures > 0);
        Assert.Contains("closed SlowReader", Owner.Events);
    }

    [Fact]
    public void AnOwnerThatFailsWithAFrameKeepsItsConnection()
    {
        var peer = BoundPeer();
        Owner.Failure = new InvalidOperationException("a bug");
        peer.Send("1234", "text");
        Owner.Failure = null;
        peer.Send("1235", "more");
        Assert.Equal(200, peer.TakeOne().StatusCode);
    }

    [Fact]
    public void ManyConnectionsAreLookedAtBitByBitAndEachOnceASecond()
    {
        const int Many = 1000;
        var connections = Enumerable.Range(0, Many).Select(_ => Bench.Connect()).ToList();
        Bench.Run();
        Bench.Run(MsrpBench.Options.FirstByte);
        var atOnce = 0;
        for (var (step, open) = (0, Many); step < 200; step++)
        {
            Bench.Time.Advance(TimeSpan.FromMilliseconds(10));
            Bench.Run();
            var left = connections.Count(static connection => !connection.IsClosed);
            (atOnce, open) = (Math.Max(atOnce, open - left), left);
        }

        Assert.InRange(atOnce, 1, Many / 10);
        Assert.Equal(Many, Bench.Statistics.Closed(MsrpCloseReason.NotBound));
    }

    [Fact]
    public void ALoopThatIsDisposedClosesItsConnections()
    {
        var owner = new RecordingOwner();
        var bench = new MsrpBench();
        var session = bench.Endpoint.CreateSession(owner);
        session.RemotePath = PeerPath;
        var peer = new MsrpPeer(bench, session, bench.Connect(), PeerPath);
        peer.Bind();
        bench.Loop.Start();
        bench.Dispose();
        Assert.Equal("closed Shutdown", owner.Events[^1]);
    }

    [Fact]
    public void ManyFramesLeaveInOneWrite()
    {
        var peer = BoundPeer();
        var writes = Bench.Statistics.Writes;
        peer.Connection.Receive(string.Concat(Enumerable.Range(0, 50).Select(i => MsrpText.Send($"abcd{i}", peer.SessionPath, peer.Path, "1234", "text"))));
        Assert.Equal(50, peer.Take().Count);
        Assert.Equal(1, Bench.Statistics.Writes - writes);
    }

    [Fact]
    public void AnswersKeepTheirOrderAmongSeveralConnections()
    {
        var peers = new[] { BoundPeer(new RecordingOwner()), BoundPeer(new RecordingOwner()) };
        for (var i = 0; i < 10; i++)
        {
            peers[i % 2].Connection.Receive(MsrpText.Send($"abcd{i}", peers[i % 2].SessionPath, peers[i % 2].Path, "1234", "text"));
        }

        Assert.Equal(["abcd0", "abcd2", "abcd4", "abcd6", "abcd8"], peers[0].Take().Select(static answer => answer.TransactionId));
        Assert.Equal(["abcd1", "abcd3", "abcd5", "abcd7", "abcd9"], peers[1].Take().Select(static answer => answer.TransactionId));
    }

    [Fact]
    public void UnderLoadAFlushWaitsForTheOneBeforeItAndTheLoopSaysHowLong()
    {
        using var bench = PacedBench(out var peer);
        bench.Loop.Post(() => bench.Loop.MarkDirty(new SlowBatch(bench.Time)));
        peer.Bind();
        Assert.Equal(2, peer.Connection.TakeFrames().Count);

        peer.Bind();
        Assert.Empty(peer.Connection.TakeFrames());
        Assert.InRange(bench.Loop.RunOnce(), TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(5));
        bench.Time.Advance(TimeSpan.FromMilliseconds(5));
        Assert.Single(peer.Take());
    }

    [Fact]
    public void WorkThatNoWaitingWouldSpareMakesNobodyWait()
    {
        using var bench = PacedBench(out var peer);
        bench.Loop.Post(() => bench.Time.Advance(TimeSpan.FromMilliseconds(1)));
        peer.Bind();
        peer.Bind();
        Assert.Equal(3, peer.Connection.TakeFrames().Count);
    }

    private MsrpBench PacedBench(out MsrpPeer peer)
    {
        var bench = new MsrpBench(new MsrpLoopOptions { BusyShare = 0.01, FlushInterval = TimeSpan.FromMilliseconds(5) });
        var session = bench.Endpoint.CreateSession(Owner);
        session.RemotePath = PeerPath;
        peer = new MsrpPeer(bench, session, bench.Connect(), PeerPath);
        peer.Bind();
        return bench;
    }

    /// <summary>Takes a millisecond to flush.</summary>
    private sealed class SlowBatch(FakeTimeProvider time) : IMsrpBatch
    {
        public void Flush() => time.Advance(TimeSpan.FromMilliseconds(1));
    }
}
