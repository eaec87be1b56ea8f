using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>A connection goes to the loop of the session that its first frame names.</summary>
public sealed class MovingTests : TwoLoopsTestBase
{
    [Fact]
    public void TheFirstFrameMovesItsConnectionToTheLoopOfItsSession()
    {
        var peer = FarPeer();
        Assert.Same(Near, peer.Connection.Loop);
        peer.Bind();
        Assert.Equal(200, peer.TakeOne().StatusCode);
        Assert.Same(Far, peer.Connection.Loop);
        Assert.Equal((0, 1), (Near.ConnectionCount, Far.ConnectionCount));
        Assert.Equal((1, 0), (Near.Statistics.Moves, Near.Statistics.Crossings));
        Assert.Equal((0, 1), (Near.Statistics.FramesReceived, Far.Statistics.FramesReceived));
        Assert.Equal(["bound", "Send $"], FarOwner.Events);
        AssertNothingFailed();
    }

    [Fact]
    public void AConnectionOfTheRightLoopStays()
    {
        var peer = NearPeer();
        peer.Bind();
        Assert.Same(Near, peer.Connection.Loop);
        Assert.Equal(0, Near.Statistics.Moves);
    }

    [Fact]
    public void WhatCameBehindTheFirstFrameMovesWithIt()
    {
        var peer = FarPeer();
        var texts = Enumerable.Range(0, 20).Select(static i => $"text {i}").ToList();
        peer.Connection.Receive(string.Concat(texts.Select((text, i) => Send($"t{i:d4}", peer.SessionPath, peer.Path, text))));
        peer.Connection.EndInput();
        Bench.Run();
        Assert.Equal(["bound", .. texts.Select(static text => $"Send {text}$"), "closed PeerClosed"], FarOwner.Events);
        Assert.Equal(1, Far.Statistics.Closed(MsrpCloseReason.PeerClosed));
        Assert.Equal((1, 0), (Near.Statistics.ConnectionsOpened, Far.Statistics.ConnectionsOpened));
        Assert.Equal((0, 0), (Near.ConnectionCount, Far.ConnectionCount));
    }

    [Theory]
    [InlineData(100_000, 100_000)]
    [InlineData(100_000, 4_000)]
    [InlineData(100, 1)]
    public void AFirstFrameOfAnyLengthMovesWhole(int length, int portion)
    {
        var peer = FarPeer();
        var body = string.Concat(Enumerable.Range(0, length).Select(static i => (char)('a' + (i % 26))));
        var bytes = MsrpText.Bytes(Send("t0001", peer.SessionPath, peer.Path, body));
        for (var at = 0; at < bytes.Length; at += portion)
        {
            peer.Connection.Receive(bytes.AsSpan(at, Math.Min(portion, bytes.Length - at)));
            Bench.Run();
        }

        Assert.Equal(200, peer.TakeOne().StatusCode);
        Assert.Same(Far, peer.Connection.Loop);
        Assert.Equal(body, string.Concat(FarOwner.Events.Skip(1).Select(static note => note["Send ".Length..^1])));
    }

    [Fact]
    public void AFrameForASessionThatIsNotThereIsRefusedWhereItWouldBe()
    {
        var peer = FarPeer();
        peer.Connection.Receive(Send("t0001", peer.SessionPath[..^6] + "00;tcp", peer.Path, "who is there?"));
        Assert.Equal(481, peer.TakeOne().StatusCode);
        Assert.Same(Far, peer.Connection.Loop);
    }

    [Theory]
    [InlineData("9")] // a letter of no loop of this endpoint
    [InlineData("A")] // a letter of no loop at all
    public void AnIdThatNamesNoLoopIsRefusedOnTheSpot(string letter)
    {
        var peer = FarPeer();
        var path = peer.SessionPath.Replace(peer.Session.SessionId, letter + peer.Session.SessionId[1..], StringComparison.Ordinal);
        peer.Connection.Receive(Send("t0001", path, peer.Path, "who is there?"));
        Assert.Equal(481, peer.TakeOne().StatusCode);
        Assert.Same(Near, peer.Connection.Loop);
    }

    [Fact]
    public void AStrangerMovesOnceAndThenLetsFramesCross()
    {
        var near = NearPeer();
        var far = FarPeer(near.Connection);
        near.Connection.Receive(Send("t0001", far.SessionPath[..^6] + "00;tcp", far.Path, "who is there?"));
        near.Bind();
        Assert.Equal([481, 200], near.Take().Select(static answer => answer.StatusCode));
        Assert.Same(Far, near.Connection.Loop);
        Assert.Equal((1, 1), (Near.Statistics.Moves, Far.Statistics.Crossings));
        Assert.Equal("bound", NearOwner.Events[0]);
    }

    [Fact]
    public void AStrangerHasOneCrossingAtMost()
    {
        using var bench = new MsrpBench(loops: 3);
        var paths = bench.Loops.Select(loop => bench.Endpoint.CreateSession(FarOwner, loop).LocalPath[..^6] + "00;tcp").ToList();
        var connection = new MsrpMemoryConnection(bench.Endpoint, bench.Loops[0]);
        foreach (var path in new[] { paths[1], paths[0], paths[2] })
        {
            connection.Receive(Send("t0001", path, "msrp://198.51.100.7:9/stranger;tcp", "who is there?"));
            bench.Run();
        }

        Assert.Equal([481, 481, 481], connection.TakeFrames().Select(static answer => answer.StatusCode));
        Assert.Equal(1, bench.Loops.Sum(static loop => loop.Statistics.Crossings));
    }

    [Fact]
    public void AnEarlyFrameMovesAndThenWaitsForItsPath()
    {
        var session = Bench.Endpoint.CreateSession(FarOwner, Far);
        var peer = new MsrpPeer(Bench, session, Bench.Connect(), "msrp://198.51.100.7:9/early;tcp");
        peer.Bind();
        Assert.Same(Far, peer.Connection.Loop);
        Assert.True(peer.Connection.IsPausedFor(PauseReason.Path));
        session.RemotePath = peer.Path;
        Assert.Equal(200, peer.TakeOne().StatusCode);
    }

    [Fact]
    public void TheLimitsOfAConnectionGoOnOnItsNewLoop()
    {
        var peer = FarPeer();
        peer.Connection.Receive(Send("t0001", peer.SessionPath[..^6] + "00;tcp", peer.Path, "who is there?"));
        Bench.Run(Near.Options.Bind + TimeSpan.FromSeconds(2));
        Assert.Equal(1, Far.Statistics.Closed(MsrpCloseReason.NotBound));
    }

    [Fact]
    public async Task AConnectionThroughPipesMovesAsWell()
    {
        var session = Bench.Endpoint.CreateSession(FarOwner, Far);
        session.RemotePath = "msrp://198.51.100.7:9/piped;tcp";
        var (toServer, toPeer) = (new Pipe(Inline), new Pipe(Inline));
        var served = Bench.Endpoint.RunAsync(new DefaultConnectionContext("piped", new Ways(toServer.Reader, toPeer.Writer), new Ways(toServer.Reader, toPeer.Writer)));
        for (var i = 0; i < 100; i++)
        {
            toServer.Writer.Write(MsrpText.Bytes(Send($"t{i:d4}", session.LocalPath, session.RemotePath, $"text {i}")));
            await toServer.Writer.FlushAsync();
            if (i % 3 > 0)
            {
                Bench.Run();
            }
        }

        await toServer.Writer.CompleteAsync();
        Bench.Run();
        await served.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(["bound", .. Enumerable.Range(0, 100).Select(static i => $"Send text {i}$"), "closed PeerClosed"], FarOwner.Events);
        Assert.Equal(1, Near.Statistics.Moves);
        Assert.Equal(100, MsrpReference.Read((await toPeer.Reader.ReadAsync()).Buffer.ToArray()).Frames.Count);
    }

    [Fact]
    public void HomesAreDealtOutInTurn()
    {
        var homes = Enumerable.Range(0, 4).Select(_ => Bench.Endpoint.NextHome());
        Assert.Equal([Near, Far, Near, Far], homes);
    }

    private static PipeOptions Inline { get; } = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false);

    private sealed class Ways(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }

    [Fact]
    public void AConnectionThatMovesToALoopThatHasEndedIsClosed()
    {
        var peer = FarPeer();
        Far.Stop();
        peer.Connection.Receive(MsrpText.Request("SEND", "bind", peer.SessionPath, peer.Path, "Message-ID: bind0001"));
        Near.RunOnce();
        Assert.True(peer.Connection.IsTransportClosed);
    }
}
