using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>A loop on the test's thread, with sessions whose peers are written by hand.</summary>
public abstract class SessionTestBase : IDisposable
{
    protected const string PeerPath = "msrp://198.51.100.7:9/k3jd8Hs0aa;tcp";

    private int _peers;

    protected SessionTestBase()
        : this(MsrpBench.Options)
    {
    }

    protected SessionTestBase(MsrpLoopOptions options)
    {
        Bench = new MsrpBench(options);
    }

    protected MsrpBench Bench { get; }

    private protected RecordingOwner Owner { get; } = new();

    public void Dispose()
    {
        Bench.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A session that knows its peer, and a connection of that peer's on which nothing has been sent.</summary>
    private protected MsrpPeer Peer(RecordingOwner? owner = null, MsrpMemoryConnection? connection = null)
    {
        var session = Bench.Endpoint.CreateSession(owner ?? Owner);
        session.RemotePath = _peers++ == 0 ? PeerPath : $"msrp://198.51.100.7:9/peer{_peers};tcp";
        var peer = new MsrpPeer(Bench, session, connection ?? Bench.Connect(), session.RemotePath);
        Bench.Run();
        return peer;
    }

    /// <summary>The same, bound.</summary>
    private protected MsrpPeer BoundPeer(RecordingOwner? owner = null, MsrpMemoryConnection? connection = null)
    {
        var peer = Peer(owner, connection);
        peer.Bind();
        peer.Take();
        (owner ?? Owner).Events.Clear();
        return peer;
    }
}
