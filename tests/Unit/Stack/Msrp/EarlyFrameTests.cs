using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>A peer that was invited may connect before the answer that names its path has been read.</summary>
public sealed class EarlyFrameTests : SessionTestBase
{
    [Fact]
    public void TheFirstFrameWaitsUntilThePeersPathIsKnown()
    {
        var session = Bench.Endpoint.CreateSession(Owner);
        var connection = Bench.Connect();
        connection.Receive(MsrpText.Send("abcd", session.LocalPath, PeerPath, "1234", "text"));
        Bench.Run();
        Assert.Empty(connection.TakeFrames());
        Assert.Empty(Owner.Events);

        session.RemotePath = PeerPath;
        Bench.Run();
        Assert.Equal(200, Assert.Single(connection.TakeFrames()).StatusCode);
        Assert.Equal(["bound", "Send text$"], Owner.Events);
    }

    [Fact]
    public void ASessionThatEndsMeanwhileIsGone()
    {
        var session = Bench.Endpoint.CreateSession(Owner);
        var connection = Bench.Connect();
        connection.Receive(MsrpText.Send("abcd", session.LocalPath, PeerPath, "1234", "text"));
        Bench.Run();
        session.Close();
        Bench.Run();
        Assert.Equal(481, Assert.Single(connection.TakeFrames()).StatusCode);
    }

    [Fact]
    public void OnAConnectionThatCarriesAnotherSessionItWaitsToo()
    {
        var (session, connection) = BesideAnotherSession();
        connection.Receive(MsrpText.Send("abcd", session.LocalPath, PeerPath, "1234", "text"));
        Bench.Run();
        Assert.Empty(connection.TakeFrames());

        session.RemotePath = PeerPath;
        Bench.Run();
        Assert.Equal(200, Assert.Single(connection.TakeFrames()).StatusCode);
    }

    [Fact]
    public void AnotherSessionOfTheConnectionWaitsForNoLongerThanTheAnswerMayTake()
    {
        var (session, connection) = BesideAnotherSession();
        connection.Receive(string.Concat(Enumerable.Range(0, 5).Select(i => MsrpText.Send($"abcd{i}", session.LocalPath, PeerPath, "1234", "text"))));
        Bench.Run(Bench.Loop.Options.PathWait - TimeSpan.FromSeconds(1));
        Assert.Empty(connection.TakeFrames());

        // All of them together.
        Bench.Run(TimeSpan.FromSeconds(1));
        Bench.Run();
        Assert.Equal(Enumerable.Repeat(481, 5), connection.TakeFrames().Select(static answer => answer.StatusCode));
    }

    [Fact]
    public void AConnectionThatIsLookedAtTwiceInARoundWaitsAsLong()
    {
        // Connections are looked at from the last to the first, and the last takes the place of one that ends meanwhile.
        var ends = BoundPeer(new RecordingOwner());
        BoundPeer(new RecordingOwner { Swept = () => ends.Connection.Close(MsrpCloseReason.Local) });
        var (session, connection) = BesideAnotherSession();
        connection.Receive(MsrpText.Send("abcd", session.LocalPath, PeerPath, "1234", "text"));
        Bench.Run(TimeSpan.FromSeconds(1));
        Bench.Run();
        Assert.True(ends.Connection.IsClosed);
        Assert.Empty(connection.TakeFrames());
    }

    [Fact]
    public void AConnectionWithoutASessionWaitsAsLongAsItMayForItsFirst()
    {
        var session = Bench.Endpoint.CreateSession(Owner);
        var connection = Bench.Connect();
        connection.Receive(MsrpText.Send("abcd", session.LocalPath, PeerPath, "1234", "text"));
        Bench.Run(Bench.Loop.Options.Bind);
        Assert.False(connection.IsClosed);
        Bench.Run(TimeSpan.FromSeconds(1));
        Assert.True(connection.IsClosed);
        Assert.Equal(1, Bench.Statistics.Closed(MsrpCloseReason.NotBound));
    }

    [Fact]
    public void TheWrongPeerIsRefusedOnceThePathIsKnown()
    {
        var session = Bench.Endpoint.CreateSession(Owner);
        var connection = Bench.Connect();
        connection.Receive(MsrpText.Send("abcd", session.LocalPath, "msrp://198.51.100.9:9/stranger;tcp", "1234", "text"));
        Bench.Run();
        session.RemotePath = PeerPath;
        Bench.Run();
        Assert.Equal(481, Assert.Single(connection.TakeFrames()).StatusCode);
        Assert.Null(session.Connection);
    }

    [Fact]
    public void ASessionIsKnownAsSoonAsItIsMade()
    {
        // As on another thread, while the loop reads: it has run nothing that was posted meanwhile.
        var (next, connection) = (new RecordingOwner(), Bench.Connect());
        var peer = BoundPeer();
        Owner.Answered = _ =>
        {
            var session = Bench.Endpoint.CreateSession(next);
            session.RemotePath = PeerPath;
            connection.Receive(MsrpText.Send("efgh", session.LocalPath, PeerPath, "5678", "next"));
        };
        peer.Connection.Receive(MsrpText.Send("abcd", peer.Session.LocalPath, peer.Path, "1234", "text"));
        Bench.Run();
        Assert.Equal(200, Assert.Single(connection.TakeFrames()).StatusCode);
        Assert.Equal(["bound", "Send next$"], next.Events);
    }

    private (MsrpSession Session, MsrpMemoryConnection Connection) BesideAnotherSession()
    {
        var connection = BoundPeer(new RecordingOwner()).Connection;
        return (Bench.Endpoint.CreateSession(Owner), connection);
    }
}
