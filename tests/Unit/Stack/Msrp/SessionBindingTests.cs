using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>Which requests reach which session (RFC 4975 section 7.3 and 5.4).</summary>
public sealed class SessionBindingTests : SessionTestBase
{
    [Fact]
    public void TheFirstValidRequestBindsTheSessionToItsConnection()
    {
        var peer = Peer();
        var id = peer.Bind();
        Assert.Equal(["bound", "Send $"], Owner.Events);
        Assert.Same(peer.Connection, peer.Session.Connection);
        var answer = peer.TakeOne();
        Assert.Equal((id, 200), (answer.TransactionId, answer.StatusCode));
        Assert.Equal((peer.Path, peer.SessionPath), (answer.ToPath, answer.FromPath));
    }

    [Fact]
    public void ASessionIdIsUnguessable()
    {
        var ids = Enumerable.Range(0, 100).Select(_ => Bench.Endpoint.CreateSession(Owner).SessionId).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(100, ids.Count);
        Assert.All(ids, static id => Assert.True(id.Length * 4 >= 128, id));
    }

    [Theory]
    [InlineData("msrp://switch.test:2855/nobody;tcp")]
    [InlineData("msrp://switch.test:2855;tcp")]
    [InlineData("msrp://switch.test:2855/%00;tcp")]
    [InlineData("msrp://[2001:db8::1]:2855/nobody;tcp")]
    public void AnUnknownSessionGets481(string toPath)
    {
        var connection = Bench.Connect();
        connection.Receive(MsrpText.Send("abcd", toPath, PeerPath, "1234", "text"));
        Bench.Run();
        var answer = Assert.Single(connection.TakeFrames());
        Assert.Equal((481, "abcd", PeerPath, toPath), (answer.StatusCode, answer.TransactionId, answer.ToPath, answer.FromPath));
        Assert.Equal(1, Bench.Statistics.Rejections(MsrpRejection.NoSuchSession));
        Assert.False(connection.IsClosed);
    }

    [Theory]
    [InlineData("msrp://other.test:1/{id};tcp", true)]
    [InlineData("msrp://198.51.100.1/{id};tcp", true)]
    [InlineData("MSRP://user@switch.test:2855/{id};TCP;p=v", true)]
    [InlineData("msrps://switch.test:2855/{id};tcp", false)]
    [InlineData("msrp://switch.test:2855/{ID};tcp", false)]
    [InlineData("msrp://switch.test:2855/{id}x;tcp", false)]
    [InlineData("msrp://switch.test:2855/{id};tcp msrp://switch.test:2855/next;tcp", false)]
    [InlineData("msrp://switch.test:2855/{id};tcp;p=v msrp://switch.test:2855/next;tcp", false)]
    [InlineData("msrp://switch.test:2855/next;tcp msrp://switch.test:2855/{id};tcp", false)]
    public void TheSessionIdAndTheSchemeNameTheSession(string toPath, bool isFound)
    {
        var peer = Peer();
        var path = toPath.Replace("{id}", peer.Session.SessionId, StringComparison.Ordinal)
            .Replace("{ID}", peer.Session.SessionId.ToUpperInvariant(), StringComparison.Ordinal);
        peer.Connection.Receive(MsrpText.Request("SEND", "abcd", path, PeerPath, "Message-ID: 1234"));
        Assert.Equal(isFound ? 200 : 481, peer.TakeOne().StatusCode);
        Assert.Equal(isFound, peer.Session.Connection is not null);
    }

    [Fact]
    public void AnotherSendersFromPathGets481AndReachesNobody()
    {
        var peer = Peer();
        peer.Connection.Receive(MsrpText.Send("abcd", peer.SessionPath, "msrp://198.51.100.7:9/other;tcp", "1234", "text"));
        Assert.Equal(481, peer.TakeOne().StatusCode);
        Assert.Empty(Owner.Events);
        Assert.Null(peer.Session.Connection);
    }

    [Fact]
    public void AForeignSessionLooksLikeOneThatDoesNotExist()
    {
        var peer = BoundPeer();
        var stranger = Bench.Connect();
        stranger.Receive(MsrpText.Send("abcd", peer.SessionPath, "msrp://203.0.113.1:9/mine;tcp", "1234", "text"));
        Bench.Run();
        var foreign = MsrpText.Text(stranger.TakeOutput());
        var unknownPath = peer.SessionPath.Replace(peer.Session.SessionId, new string('a', peer.Session.SessionId.Length), StringComparison.Ordinal);
        stranger.Receive(MsrpText.Send("abcd", unknownPath, "msrp://203.0.113.1:9/mine;tcp", "1234", "text"));
        Bench.Run();
        Assert.Equal(foreign.Replace(peer.SessionPath, unknownPath, StringComparison.Ordinal), MsrpText.Text(stranger.TakeOutput()));
        Assert.Empty(Owner.Events);
    }

    [Fact]
    public void ABorderControllerMayRewriteHostsAndTheAnswerRepeatsWhatItWrote()
    {
        var peer = Peer();
        const string Rewritten = "msrp://203.0.113.9:4444/k3jd8Hs0aa;tcp";
        var path = peer.SessionPath.Replace("switch.test", "203.0.113.10", StringComparison.Ordinal);
        peer.Connection.Receive(MsrpText.Request("SEND", "abcd", path, Rewritten, "Message-ID: 1234"));
        var answer = peer.TakeOne();
        Assert.Equal((200, Rewritten, path), (answer.StatusCode, answer.ToPath, answer.FromPath));
    }

    [Fact]
    public void ASecondConnectionGets506AndTheFirstGoesOn()
    {
        var peer = BoundPeer();
        var second = Bench.Connect();
        second.Receive(MsrpText.Send("abcd", peer.SessionPath, peer.Path, "1234", "stolen"));
        Bench.Run();
        Assert.Equal(506, Assert.Single(second.TakeFrames()).StatusCode);
        Assert.Empty(Owner.Events);
        peer.Send("1235", "mine");
        Assert.Equal(200, peer.TakeOne().StatusCode);
        Assert.Equal(["Send mine$"], Owner.Events);
    }

    [Fact]
    public void AClosedSessionIsUnknown()
    {
        var peer = Peer();
        peer.Session.Close();
        peer.Bind();
        Assert.Equal(481, peer.TakeOne().StatusCode);
        Assert.Equal(["closed Local"], Owner.Events);
    }

    [Fact]
    public void SeveralSessionsShareAConnectionUntilTheLastOneEnds()
    {
        var owners = Enumerable.Range(0, 3).Select(static _ => new RecordingOwner()).ToArray();
        var connection = Bench.Connect();
        var peers = owners.Select(owner => BoundPeer(owner, connection)).ToArray();
        for (var i = 0; i < peers.Length; i++)
        {
            peers[i].Send("1234", $"for {i}");
            Assert.Equal(peers[i].SessionPath, peers[i].TakeOne().FromPath);
            Assert.Equal([$"Send for {i}$"], owners[i].Events);
        }

        peers[0].Session.Close();
        peers[2].Session.Close();
        Bench.Run();
        Assert.False(connection.IsClosed);
        peers[1].Send("1235", "still here");
        Assert.Equal(200, peers[1].TakeOne().StatusCode);
        peers[0].Send("1236", "gone");
        Assert.Equal(481, peers[0].TakeOne().StatusCode);
        peers[1].Session.Close();
        Bench.Run();
        Assert.True(connection.IsTransportClosed);
        Assert.Equal(1, Bench.Statistics.Closed(MsrpCloseReason.Local));
    }

    [Fact]
    public void TheEndOfAConnectionEndsAllItsSessionsEvenIfAnOwnerFails()
    {
        var failing = new RecordingOwner();
        var connection = Bench.Connect();
        BoundPeer(failing, connection);
        var second = BoundPeer(connection: connection);
        failing.Failure = new InvalidOperationException("a bug");
        connection.EndInput();
        Bench.Run();
        Assert.Equal(["closed PeerClosed"], failing.Events);
        Assert.Equal(["closed PeerClosed"], Owner.Events);
        Assert.Null(second.Session.Connection);
        Assert.Equal(1, Bench.Statistics.CallbackFailures);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("msrp://203.0.113.9:9/relay;tcp ", 3)]
    public void AConnectionCarriesALimitedNumberOfSessionsWhateverComesBesides(string relay, int limit)
    {
        using var bench = new MsrpBench(MsrpBench.Options with { SessionsPerConnection = 2, SessionsPerRelayConnection = 3 });
        var connection = bench.Connect();
        var codes = new List<int>();
        var tooMany = bench.Loop.Options.Failures + 5;
        for (var i = 0; i < limit + tooMany; i++)
        {
            var session = bench.Endpoint.CreateSession(Owner);
            session.RemotePath = $"{relay}msrp://198.51.100.7:9/peer{i};tcp";
            connection.Receive(MsrpText.Request("SEND", "abcd", session.LocalPath, session.RemotePath, "Message-ID: 1234"));
            bench.Run();
            codes.Add(Assert.Single(connection.TakeFrames()).StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(200, limit), .. Enumerable.Repeat(481, tooMany)], codes);
        Assert.False(connection.IsClosed);
    }

    [Fact]
    public void GuessingSessionsEndsTheConnection()
    {
        var connection = Bench.Connect();
        for (var i = 0; i < 100; i++)
        {
            connection.Receive(MsrpText.Request("SEND", "abcd", $"msrp://switch.test:2855/guess{i};tcp", PeerPath, "Message-ID: 1234"));
        }

        Bench.Run();
        Assert.Equal(Bench.Loop.Options.Failures + 1, connection.TakeFrames().Count(static answer => answer.StatusCode == 481));
        Assert.True(connection.IsTransportClosed);
        Assert.Equal(1, Bench.Statistics.Closed(MsrpCloseReason.TooManyFailures));
    }

    [Theory]
    [InlineData("msrp://switch.test/x", PeerPath, "msrp://switch.test:2855;tcp")]
    [InlineData("sip:switch.test", PeerPath, "msrp://switch.test:2855;tcp")]
    [InlineData("", PeerPath, null)]
    [InlineData("msrp://switch.test/x;tcp", "msrp://nowhere", null)]
    [InlineData("msrp://switch.test/x;tcp", "", null)]
    public void APathThatIsNoneGets400WhenThereIsSomebodyToAnswer(string toPath, string fromPath, string? answerFrom)
    {
        var connection = Bench.Connect();
        connection.Receive(MsrpText.Request("SEND", "abcd", toPath, fromPath, "Message-ID: 1234"));
        Bench.Run();
        var answers = connection.TakeFrames();
        Assert.Equal(answerFrom is null ? [] : [(400, answerFrom)], answers.Select(static answer => (answer.StatusCode, answer.FromPath)));
        Assert.Equal(1, Bench.Statistics.Rejections(MsrpRejection.PathMalformed));
        Assert.False(connection.IsClosed);
    }
}
