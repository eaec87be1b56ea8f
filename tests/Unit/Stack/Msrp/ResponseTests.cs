using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>Answers that peers send, rightly or not.</summary>
public sealed class ResponseTests : SessionTestBase
{
    private readonly List<int> _results = [];

    [Theory]
    [InlineData("{session}", "{peer}")]
    [InlineData("{peer}", "{session}")]
    [InlineData("{peer}", "{peer}")]
    [InlineData("msrp://elsewhere.test/x;tcp {session}", "{peer}")]
    [InlineData("nonsense", "nonsense")]
    public void AnAnswerIsKnownByItsTransactionIdWhateverItsPaths(string toPath, string fromPath)
    {
        var peer = BoundPeer();
        var sent = Send(peer);
        string Fill(string path) => path.Replace("{session}", peer.SessionPath, StringComparison.Ordinal).Replace("{peer}", peer.Path, StringComparison.Ordinal);
        peer.Connection.Receive(MsrpText.Response(sent.TransactionId, 200, Fill(toPath), Fill(fromPath)));
        Bench.Run();
        Assert.Equal([200], _results);
    }

    [Fact]
    public void AnAnswerReachesTheSessionThatAskedOfThoseOnAConnection()
    {
        var connection = Bench.Connect();
        var peers = Enumerable.Range(0, 3).Select(_ => BoundPeer(new RecordingOwner(), connection)).ToArray();
        var sent = Send(peers[2]);
        peers[0].Respond(sent);
        Assert.Equal([200], _results);
    }

    [Fact]
    [Trait("Section", "RFC 4976 5.2")]
    public void ARelaysAnswerIsForTheSessionThatItNames()
    {
        var connection = Bench.Connect();
        MsrpPeer[] peers = [BehindRelay(connection, "first"), BehindRelay(connection, "other")];
        var sent = Send(peers[1]);
        peers[0].Respond(sent);
        Assert.Empty(_results);
        peers[1].Respond(sent);
        Assert.Equal([200], _results);
    }

    [Fact]
    public void AnAnswerFromAnotherConnectionIsNone()
    {
        var peer = BoundPeer();
        var other = BoundPeer(new RecordingOwner());
        var sent = Send(peer);
        other.Connection.Receive(MsrpText.Response(sent.TransactionId, 413, peer.SessionPath, peer.Path));
        Bench.Run();
        Assert.Empty(_results);
        peer.Respond(sent);
        Assert.Equal([200], _results);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(413)]
    [InlineData(0)]
    public void AnAnswerThatNobodyWaitsForIsDropped(int code)
    {
        var peer = BoundPeer();
        peer.Connection.Receive(MsrpText.Response("abcd", code, peer.SessionPath, peer.Path).Replace(" 0 ", " 000 ", StringComparison.Ordinal));
        peer.Connection.Receive(MsrpText.Response("0123456789abcdef", 200, "msrp://switch.test/unknown;tcp", peer.Path));
        Bench.Run();
        Assert.Empty(peer.Take());
        Assert.Empty(Owner.Events);
        Assert.False(peer.Connection.IsClosed);
    }

    [Theory]
    [InlineData(481)]
    [InlineData(506)]
    public void APeerThatDoesNotKnowTheSessionEndsIt(int code)
    {
        var peer = BoundPeer();
        peer.Connection.Receive(MsrpText.Response("abcd", code, peer.SessionPath, peer.Path));
        Bench.Run();
        Assert.Equal(["closed SessionRefused"], Owner.Events);
    }

    [Fact]
    public void NobodyEndsTheSessionOfAnother()
    {
        var peer = BoundPeer();
        var stranger = Bench.Connect();
        stranger.Receive(MsrpText.Response("abcd", 481, peer.SessionPath, peer.Path));
        Bench.Run();
        Assert.Empty(Owner.Events);
        Assert.NotNull(peer.Session.Connection);
    }

    [Fact]
    public void AnAnswerWithABodyIsTakenOnce()
    {
        var peer = BoundPeer();
        var sent = Send(peer);
        peer.Connection.Receive(
            MsrpText.Send(sent.TransactionId, peer.SessionPath, peer.Path, "1234", new string('x', 100_000)).Replace(" SEND\r\n", " 200 OK\r\n", StringComparison.Ordinal));
        Bench.Run();
        Assert.Equal([200], _results);
        Assert.Equal(0, Bench.Statistics.CallbackFailures);
    }

    private MsrpPeer BehindRelay(MsrpMemoryConnection connection, string name)
    {
        var path = $"msrp://203.0.113.9:9/{name};tcp msrp://198.51.100.7:9/{name};tcp";
        var session = Bench.Endpoint.CreateSession(Owner);
        session.RemotePath = path;
        var peer = new MsrpPeer(Bench, session, connection, path);
        peer.Bind();
        peer.Take();
        return peer;
    }

    private MsrpWireFrame Send(MsrpPeer peer)
    {
        peer.Session.Send(new OutgoingMessage("text/plain", "text"u8.ToArray()) { Completed = (_, status) => _results.Add(status) });
        return peer.TakeOne();
    }
}
