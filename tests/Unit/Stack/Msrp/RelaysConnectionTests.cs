using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>
/// A connection that a peer's relay has made (RFC 4976) outlives its last session: the relay has answered for what it sends next, so that
/// nobody would send it again.
/// </summary>
public sealed class RelaysConnectionTests : TwoLoopsTestBase
{
    private const string Relay = "msrp://203.0.113.9:9/relay;tcp";

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void TheNextSessionMayComeBehindTheEndOfTheLast(bool isFirstFar, bool isNextFar)
    {
        var connection = Bench.Connect();
        Session(isFirstFar ? Far : Near, "first", out var first); // a connection moves to the loop of its first session
        Assert.Equal(200, Bind(connection, first, "first"));
        first.Close();
        Bench.Run(TimeSpan.FromSeconds(20));
        Assert.False(connection.IsClosed);

        Session(isNextFar ? Far : Near, "next", out var next);
        Assert.Equal(200, Bind(connection, next, "next"));
        Bench.Run(TimeSpan.FromSeconds(60));
        Assert.False(connection.IsClosed);
        AssertNothingFailed();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WithoutAnotherSessionItEnds(bool crosses)
    {
        var connection = Bench.Connect();
        Session(Near, "one", out var one);
        Session(crosses ? Far : Near, "other", out var other);
        Assert.Equal(200, Bind(connection, one, "one"));
        Assert.Equal(200, Bind(connection, other, "other"));
        one.Close();
        Bench.Run();
        other.Close();
        Bench.Run(TimeSpan.FromSeconds(29));
        Assert.False(connection.IsClosed);
        Bench.Run(TimeSpan.FromSeconds(3));
        Assert.True(connection.IsClosed);
        Assert.Equal(1, Closed(MsrpCloseReason.Local));
    }

    [Fact]
    public void ALoopThatDoesNotSayWhetherItBindsAnotherIsNotWaitedForForEver()
    {
        var connection = Bench.Connect();
        Session(Near, "first", out var first);
        Session(Far, "next", out var next);
        Assert.Equal(200, Bind(connection, first, "first"));
        connection.Receive(MsrpText.Request("SEND", "bnext", next.LocalPath, PathOf("next"), "Message-ID: bindnext"));
        Near.RunOnce();
        Near.Post(() => first.CloseNow(MsrpCloseReason.Local));
        RunNear(TimeSpan.FromSeconds(59));
        Assert.False(connection.IsClosed);
        RunNear(TimeSpan.FromSeconds(3));
        Assert.True(connection.IsClosed);
    }

    [Fact]
    public void APeerWithoutARelayHasNothingMoreToSay()
    {
        var peer = NearPeer();
        peer.Bind();
        peer.Session.Close();
        Bench.Run();
        Assert.True(peer.Connection.IsClosed);
    }

    private static string PathOf(string peer) => $"{Relay[..^4]}{peer};tcp msrp://198.51.100.7:9/{peer};tcp";

    private void Session(MsrpLoop loop, string peer, out MsrpSession session)
    {
        session = Bench.Endpoint.CreateSession(NearOwner, loop);
        session.RemotePath = PathOf(peer);
        Bench.Run();
    }

    // The far loop hangs.
    private void RunNear(TimeSpan time)
    {
        for (var second = 0; second < time.TotalSeconds; second++)
        {
            Bench.Time.Advance(TimeSpan.FromSeconds(1));
            for (var turn = 0; turn < 5; turn++)
            {
                Near.RunOnce();
            }
        }
    }

    private int Bind(MsrpMemoryConnection connection, MsrpSession session, string peer)
    {
        connection.Receive(MsrpText.Request("SEND", "b" + peer, session.LocalPath, PathOf(peer), "Message-ID: bind" + peer));
        Bench.Run();
        return Assert.Single(connection.TakeFrames()).StatusCode;
    }
}
