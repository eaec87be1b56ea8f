using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>The side that connects sends a SEND without a body at once; its answer, or a request of the peer's, binds the session.</summary>
public sealed class ActiveBindingTests : SessionTestBase
{
    [Fact]
    public void TheAnswerToTheEmptySendBindsTheSession()
    {
        var peer = Peer();
        var request = Connect(peer);
        Assert.Equal(("SEND", "1-0/0", null), (request.Method, request.ByteRange, request.Body));
        Assert.Empty(Owner.Events);
        peer.Respond(request);
        Assert.Equal(["bound"], Owner.Events);
    }

    [Theory]
    [InlineData(481)]
    [InlineData(506)]
    [InlineData(400)]
    public void ARefusalEndsTheSession(int code)
    {
        var peer = Peer();
        peer.Respond(Connect(peer), code);
        Assert.Equal(["closed SessionRefused"], Owner.Events);
        Assert.True(peer.Connection.IsTransportClosed);
    }

    [Fact]
    public void NoAnswerEndsTheSession()
    {
        var peer = Peer();
        Connect(peer);
        peer.Connection.Receive("\r\n");
        Bench.Run(Bench.Loop.Options.Transaction + TimeSpan.FromSeconds(2));
        Assert.Equal(["closed SessionRefused"], Owner.Events);
    }

    [Fact]
    public void BothSidesMayBeActive()
    {
        var peer = Peer();
        var request = Connect(peer);
        peer.Bind();
        Assert.Equal(["bound", "Send $"], Owner.Events);
        Assert.Equal(200, peer.TakeOne().StatusCode);
        peer.Respond(request);
        Assert.Equal(["bound", "Send $"], Owner.Events);
    }

    [Fact]
    public void ASessionThatIsOverIsNotConnected()
    {
        var peer = Peer();
        peer.Session.Close();
        Bench.Run();
        peer.Session.BindActively(peer.Connection);
        Bench.Run();
        Assert.True(peer.Connection.IsTransportClosed);
        Assert.Empty(peer.Take());
        Assert.Equal(["closed Local"], Owner.Events);
    }

    [Fact]
    public void ASessionThatIsBoundAlreadyIsNotConnectedAgain()
    {
        var peer = BoundPeer();
        var second = Bench.Connect();
        peer.Session.BindActively(second);
        Bench.Run();
        Assert.True(second.IsTransportClosed);
        Assert.Same(peer.Connection, peer.Session.Connection);
    }

    [Theory]
    [InlineData("msrp://203.0.113.9:9/relay;tcp ", false)]
    [InlineData("", true)]
    public void AConnectionToAPeersRelayOutlivesItsLastSession(string relay, bool ends)
    {
        var session = Bench.Endpoint.CreateSession(Owner);
        session.RemotePath = relay + PeerPath;
        var peer = new MsrpPeer(Bench, session, Bench.Connect(), session.RemotePath);
        peer.Respond(Connect(peer));
        session.Close();
        Bench.Run(TimeSpan.FromSeconds(20));
        Assert.Equal(ends, peer.Connection.IsClosed);
        Bench.Run(TimeSpan.FromSeconds(15));
        Assert.True(peer.Connection.IsClosed);
    }

    [Fact]
    public void AConnectionToTheOwnRelayEndsWithItsSession()
    {
        var session = Bench.Endpoint.CreateSession(Owner);
        session.RemotePath = "msrp://203.0.113.9:9/own;tcp " + PeerPath;
        var peer = new MsrpPeer(Bench, session, Bench.Connect(), session.RemotePath);
        session.AttachToRelay(peer.Connection);
        session.BindOverRelay();
        peer.Respond(peer.TakeOne());
        Assert.Equal(["bound"], Owner.Events);
        session.Close();
        Bench.Run();
        Assert.True(peer.Connection.IsClosed);
    }

    private MsrpWireFrame Connect(MsrpPeer peer)
    {
        peer.Session.BindActively(peer.Connection);
        return peer.TakeOne();
    }
}
