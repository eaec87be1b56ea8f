using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>A connection whose sessions are on three loops, of which one only carries it.</summary>
public sealed class ThreeLoopsTests : IDisposable
{
    private readonly MsrpBench _bench = new(loops: 3);
    private readonly RecordingOwner _owner = new();
    private readonly MsrpMemoryConnection _connection;

    public ThreeLoopsTests() => _connection = _bench.Connect();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void ARelaysDesertedConnectionMayBringSessionsOfEveryLoop()
    {
        foreach (var loop in new[] { 1, 0, 2 })
        {
            var session = Session(loop, isRelay: true);
            Assert.Equal([200], Receive(Binding(session)));
            session.Close();
            _bench.Run();
        }
    }

    [Fact]
    public void ARelayMayBringThemAtOnceBehindTheEndOfTheLast()
    {
        var (one, two, three) = (Session(1, isRelay: true), Session(0, isRelay: true), Session(2, isRelay: true));
        Assert.Equal([200], Receive(Binding(one)));
        one.Close();
        _bench.Run();
        Assert.Equal([200, 200], Receive(Binding(two) + Binding(three)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AStrangersFrameWaitsUntilTheOneBeforeItIsReadElsewhere(bool isKnownThere)
    {
        var (one, two, three) = (Session(1), Session(0), Session(2));
        one.Close();
        if (!isKnownThere)
        {
            two.Close();
        }

        var codes = Receive(Binding(one) + Binding(two) + Binding(three));
        Assert.Equal(isKnownThere ? [481, 200, 200] : [481, 481, 481], codes);
        Assert.Equal(isKnownThere ? 2 : 1, _bench.Loops.Sum(static loop => loop.Statistics.Crossings));
        Assert.False(_connection.IsPaused);
    }

    [Fact]
    public void ItWaitsNoLongerForAnOwnerWhoDoesNotRead()
    {
        var (one, two, three) = (Session(1), Session(0), Session(2));
        one.Close();
        _owner.Answered = session =>
        {
            if (session == two)
            {
                two.Connection!.Hold();
            }
        };
        Assert.Equal([481, 200, 200], Receive(Binding(one) + Binding(two) + Binding(three)));
    }

    [Fact]
    public void AStrangersFrameWaitsForAnotherWhosePeerIsNotKnownYetForSecondsOnly()
    {
        var (one, rings, three) = (Session(1), _bench.Endpoint.CreateSession(_owner, _bench.Loops[0]), Session(2));
        one.Close();
        var first = MsrpText.Request("SEND", "rings", rings.LocalPath, "msrp://198.51.100.7:9/rings;tcp", "Message-ID: bind0001");
        Assert.Equal([481], Receive(Binding(one) + first + Binding(three)));
        Assert.True(_connection.IsPaused);
        _bench.Run(_bench.Loop.Options.PathWait + TimeSpan.FromSeconds(1));

        // Nobody knows the stranger: a second way for him is one too many.
        Assert.Equal([481, 481], Receive(""));
        Assert.False(_connection.IsPaused);
    }

    private MsrpSession Session(int loop, bool isRelay = false)
    {
        var session = _bench.Endpoint.CreateSession(_owner, _bench.Loops[loop]);
        session.RemotePath = (isRelay ? "msrp://203.0.113.9:9/relay;tcp " : "") + $"msrp://198.51.100.7:9/peer{loop};tcp";
        _bench.Run();
        return session;
    }

    private static string Binding(MsrpSession session) =>
        MsrpText.Request("SEND", "bind" + session.SessionId[..4], session.LocalPath, session.RemotePath, "Message-ID: bind0001");

    private List<int> Receive(string frames)
    {
        _connection.Receive(frames);
        _bench.Run();
        return [.. _connection.TakeFrames().Select(static answer => answer.StatusCode)];
    }
}
