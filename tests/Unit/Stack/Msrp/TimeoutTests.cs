using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>How long a peer may say nothing, or too little, or take nothing.</summary>
public sealed class TimeoutTests : SessionTestBase
{
    private MsrpLoopOptions Options => Bench.Loop.Options;

    [Fact]
    public void AConnectionWithoutAFirstByteIsClosed()
    {
        var connection = Bench.Connect();
        Bench.Run(Options.FirstByte);
        Assert.False(connection.IsClosed);
        Bench.Run(TimeSpan.FromSeconds(2));
        Assert.True(connection.IsTransportClosed);
        Assert.Equal(1, Bench.Statistics.Closed(MsrpCloseReason.NotBound));
    }

    [Fact]
    public void AConnectionThatBindsNoSessionIsClosed()
    {
        var connection = Bench.Connect();
        for (var second = 0; second < Options.Bind.TotalSeconds; second++)
        {
            connection.Receive("\r\n");
            Bench.Run(TimeSpan.FromSeconds(1));
        }

        Assert.False(connection.IsClosed);
        Bench.Run(TimeSpan.FromSeconds(2));
        Assert.True(connection.IsTransportClosed);
        Assert.Equal(1, Bench.Statistics.Closed(MsrpCloseReason.NotBound));
    }

    [Fact]
    public void ABoundConnectionMayBeSilentForever()
    {
        var peer = BoundPeer();
        Bench.Run(TimeSpan.FromHours(1));
        Assert.False(peer.Connection.IsClosed);
    }

    [Theory]
    [InlineData("MSRP abcd SEND\r\n")]
    [InlineData("\r")]
    public void m13_AFrameThatComesByteByByteIsCutOff(string begun)
    {
        var peer = BoundPeer();
        peer.Connection.Receive(begun);
        for (var second = 0; second <= Options.MinimumRateGrace.TotalSeconds; second++)
        {
            Assert.False(peer.Connection.IsClosed);
            Bench.Run(TimeSpan.FromSeconds(1));
            peer.Connection.Receive(begun == "\r" ? "" : "T");
        }

        Bench.Run(TimeSpan.FromSeconds(1));
        Assert.True(peer.Connection.IsAborted);
        Assert.Equal(["closed SlowWriter"], Owner.Events);
    }

    [Fact]
    public void m13_ABodyThatComesByteByByteIsCutOff()
    {
        var peer = BoundPeer();
        var chunk = MsrpText.Send("abcd", peer.SessionPath, peer.Path, "1234", new string('x', 50_000));
        peer.Connection.Receive(chunk[..30_000]);
        Bench.Run(TimeSpan.FromMinutes(1));
        Assert.True(peer.Connection.IsClosed);
        Assert.Equal(1, Bench.Statistics.Closed(MsrpCloseReason.SlowWriter));
    }

    [Fact]
    public void AFrameThatKeepsToTheMinimumRateMayTakeItsTime()
    {
        var peer = BoundPeer();
        var chunk = MsrpText.Send("abcd", peer.SessionPath, peer.Path, "1234", new string('x', 100_000));
        for (var at = 0; at < chunk.Length; at += 300)
        {
            peer.Connection.Receive(chunk[at..Math.Min(chunk.Length, at + 300)]);
            Bench.Run(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(200, peer.TakeOne().StatusCode);
    }

    [Fact]
    public void APausedPeerIsNotSlow()
    {
        var peer = BoundPeer();
        var chunk = MsrpText.Send("abcd", peer.SessionPath, peer.Path, "1234", "text");
        peer.Connection.Receive(chunk[..50]);
        Bench.Run();
        peer.Connection.Pause(PauseReason.Laggards);
        peer.Connection.Receive(chunk[50..]);
        Bench.Run(TimeSpan.FromMinutes(1));
        Assert.Empty(peer.Take());

        // Connections are swept from the last to the first: this one resumes the peer, which is swept before what has waited is read.
        var later = new RecordingOwner { Swept = () => peer.Connection.Resume(PauseReason.Laggards) };
        BoundPeer(later);
        Bench.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(200, peer.TakeOne().StatusCode);
    }

    [Fact]
    public void APauseEndsWithItsLastReason()
    {
        var peer = BoundPeer();
        peer.Connection.Pause(PauseReason.Laggards);
        peer.Connection.Pause(PauseReason.Turn);
        peer.Send("1234", "text");
        peer.Connection.Resume(PauseReason.Laggards);
        Assert.Empty(peer.Take());
        peer.Connection.Resume(PauseReason.Turn);
        Assert.Equal(200, peer.TakeOne().StatusCode);
    }

    [Fact]
    public void APeerThatTakesNothingIsCutOff()
    {
        var peer = BoundPeer();
        peer.Connection.Block();
        peer.Send("1234", "text");
        Bench.Run(Options.OutboxAge);
        Assert.False(peer.Connection.IsClosed);
        Bench.Run(TimeSpan.FromSeconds(2));
        Assert.True(peer.Connection.IsAborted);
        Assert.Equal(["Send text$", "closed SlowReader"], Owner.Events);
    }

    [Fact]
    public void APeerThatTakesALittleNowAndThenStays()
    {
        var peer = BoundPeer();
        peer.Connection.Block();
        peer.Send("1234", "text");
        for (var i = 0; i < 5; i++)
        {
            Bench.Run(Options.OutboxAge - TimeSpan.FromSeconds(1));
            peer.Connection.Unblock(10);
        }

        Assert.False(peer.Connection.IsClosed);
        peer.Connection.Unblock();
        Assert.Equal(200, peer.TakeOne().StatusCode);
        Assert.Contains("writable", Owner.Events);
    }

    [Fact]
    public void m18_AnswersThatAreNotTakenAreBounded()
    {
        var peer = BoundPeer();
        peer.Connection.Block();
        for (var i = 0; i < 100_000 && !peer.Connection.IsClosed; i++)
        {
            peer.Request("SEND", "Message-ID: 1234", "Success-Report: yes");
            Assert.True(peer.Connection.Backlog <= Options.OutboxBytes);
        }

        Assert.True(peer.Connection.IsAborted);
        Assert.Equal(1, Bench.Statistics.Closed(MsrpCloseReason.SlowReader));
    }
}
