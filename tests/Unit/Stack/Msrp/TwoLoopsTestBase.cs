using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>One endpoint on two loops, both on the test's thread, and connections that the first loop accepts.</summary>
public abstract class TwoLoopsTestBase : IDisposable
{
    private int _peers;

    protected MsrpBench Bench { get; } = new(loops: 2);

    protected MsrpLoop Near => Bench.Loops[0];

    protected MsrpLoop Far => Bench.Loops[1];

    /// <summary>Who has the sessions of the accepting loop.</summary>
    private protected RecordingOwner NearOwner { get; } = new();

    /// <summary>Who has the sessions of the other one.</summary>
    private protected RecordingOwner FarOwner { get; } = new();

    public void Dispose()
    {
        Bench.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A session of the accepting loop, and its peer on the given connection or a new one.</summary>
    private protected MsrpPeer NearPeer(MsrpMemoryConnection? connection = null) => Peer(Near, NearOwner, connection);

    /// <summary>A session of the other loop, and its peer on the given connection or a new one.</summary>
    private protected MsrpPeer FarPeer(MsrpMemoryConnection? connection = null) => Peer(Far, FarOwner, connection);

    /// <summary>Two sessions on one connection, each bound: the near one by a frame to its own loop, the far one by frames that cross.</summary>
    private protected (MsrpPeer Near, MsrpPeer Far) BoundOnOneConnection()
    {
        var near = NearPeer();
        var far = FarPeer(near.Connection);
        near.Bind();
        far.Bind();
        Assert.Equal([200, 200], near.Take().Select(static answer => answer.StatusCode));
        NearOwner.Events.Clear();
        FarOwner.Events.Clear();
        return (near, far);
    }

    /// <summary>How often the connections of both loops ended for this reason.</summary>
    protected long Closed(MsrpCloseReason reason) => Bench.Loops.Sum(loop => loop.Statistics.Closed(reason));

    protected void AssertNothingFailed() => Assert.All(Bench.Loops, static loop => Assert.Equal(0, loop.Statistics.CallbackFailures));

    /// <summary>A request as one connection's peer writes it for any session.</summary>
    protected static string Send(string id, string toPath, string fromPath, string body) =>
        MsrpText.Send(id, toPath, fromPath, "m" + id, body, $"1-{body.Length}/{body.Length}", '$', "text/plain");

    private MsrpPeer Peer(MsrpLoop loop, RecordingOwner owner, MsrpMemoryConnection? connection)
    {
        var session = Bench.Endpoint.CreateSession(owner, loop);
        session.RemotePath = $"msrp://198.51.100.7:9/peer{++_peers};tcp";
        var peer = new MsrpPeer(Bench, session, connection ?? Bench.Connect(), session.RemotePath);
        Bench.Run();
        return peer;
    }
}
