using System.Net;
using System.Net.Sockets;
using OmaIm.Protocols.Conference;
using OmaIm.Protocols.Sip;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Rooms;

public sealed class RoomSessionTests : IDisposable
{
    private const string Lobby = "sip:lobby@rooms.localhost";

    private readonly TestServer _server = new();

    [Fact]
    public void AMemberWhoNeverConnectsIsRemovedAfter30SecondsAndAnnounced()
    {
        var watcher = Watch("bob");
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);
        _server.Advance(TimeSpan.FromSeconds(29));
        Assert.False(alice.IsEndedByServer);

        _server.Advance(TimeSpan.FromSeconds(2));

        Assert.True(alice.IsEndedByServer);
        AssertGone(watcher, "alice", DisconnectionMethod.Failed);
    }

    [Fact]
    public void AMemberWhoseConnectionDiesIsRemovedAndAnnouncedAtOnce()
    {
        var watcher = Watch("bob");
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);
        var session = SessionOf("alice");
        _server.Bind(session);
        _server.Advance(TimeSpan.FromMinutes(1));
        Assert.False(alice.IsEndedByServer);

        _server.Break(session);
        _server.Advance(TimeSpan.FromMilliseconds(300));

        Assert.True(alice.IsEndedByServer);
        AssertGone(watcher, "alice", DisconnectionMethod.Failed);
    }

    [Fact]
    public void AByeIsAnsweredAndAnnounced()
    {
        var watcher = Watch("bob");
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);

        Assert.Equal(200, alice.Send(SipMethod.Bye).StatusCode);
        _server.Advance(TimeSpan.FromMilliseconds(300));

        Assert.False(alice.IsEndedByServer);
        AssertGone(watcher, "alice", DisconnectionMethod.Departed);
        Assert.Equal(481, alice.Send(SipMethod.Bye).StatusCode);
    }

    [Fact]
    public void AUserWhoseClientCrashedComesBackAtOnce()
    {
        var crashed = ScriptedSession.Join(_server.Client("alice"), Lobby);
        _server.Bind(SessionOf("alice"));
        crashed.Client.Flow.Close("crashed");

        ScriptedSession.Join(_server.Client("alice"), Lobby);

        Assert.Equal(2, _server.Room("lobby").Sessions.Count());
        _server.Break(SessionOf("alice"));
        Assert.Single(_server.Room("lobby").Sessions);
        Assert.True(_server.Room("lobby").IsParticipant("sip:alice@localhost"));
    }

    [Fact]
    public void Contract23_OneAccountMayHaveSeveralSessionsAndIsOneUserInTheRoster()
    {
        var watcher = Watch("bob");
        var first = ScriptedSession.Join(_server.Client("alice"), Lobby);
        ScriptedSession.Join(_server.Client("alice"), Lobby);
        _server.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal(2, watcher.Rosters[^1].Users.Single(user => user.Entity == "sip:alice@localhost").Endpoints.Count);

        first.Send(SipMethod.Bye);
        _server.Advance(TimeSpan.FromMilliseconds(300));

        var last = watcher.Rosters[^1];
        Assert.Equal("alice", last.Users());
        Assert.Single(last.Users[0].Endpoints);
        Assert.Equal(2, last.UserCount);
    }

    [Fact]
    public void AClientThatNeverAcknowledgesIsRemoved()
    {
        var alice = _server.Client("alice");
        Assert.Equal(200, alice.Call(ScriptedSession.Invite(alice, Lobby, ScriptedSession.Offer())).StatusCode);
        _server.Bind(SessionOf("alice"));

        _server.Advance(TimeSpan.FromSeconds(34));

        Assert.Equal(0, _server.Room("lobby").UserCount);
        Assert.Equal(0, _server.Server.Metrics.Sessions);
    }

    [Fact]
    public void ASessionThatIsNotRefreshedEnds()
    {
        var alice = _server.Client("alice");
        var invite = ScriptedSession.Invite(
            alice, Lobby, ScriptedSession.Offer(), (SipHeaderId.Supported, "timer"), (SipHeaderId.SessionExpires, "90;refresher=uac"));
        var session = ScriptedSession.Established(alice, invite, alice.Call(invite));
        _server.Bind(SessionOf("alice"));

        _server.Advance(TimeSpan.FromSeconds(92));

        Assert.True(session.IsEndedByServer);
        Assert.Equal(0, _server.Room("lobby").UserCount);
    }

    [Fact]
    public void AReinviteWithTheSamePathRefreshesTheSession()
    {
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);
        var member = SessionOf("alice").Media.Member;

        var response = Reinvite(alice, ScriptedSession.Offer());

        Assert.Equal(200, response.StatusCode);
        Assert.Equal(alice.Description, System.Text.Encoding.UTF8.GetString(response.Body.Span));
        Assert.Same(member, SessionOf("alice").Media.Member);
    }

    [Fact]
    public void AReinviteWithANewPathMovesTheSession()
    {
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);
        var session = SessionOf("alice");
        _server.Bind(session);

        var response = Reinvite(alice, ScriptedSession.Offer(path: "msrp://127.0.0.1:9/moved;tcp"));
        var answer = System.Text.Encoding.UTF8.GetString(response.Body.Span);

        Assert.Equal(200, response.StatusCode);
        Assert.Equal("msrp://127.0.0.1:9/moved;tcp", session.Media.Member.Session.RemotePath);
        Assert.Contains(session.Media.Member.Session.LocalPath, answer, StringComparison.Ordinal);
        Assert.False(alice.IsEndedByServer);
        Assert.Equal(1, _server.Room("lobby").UserCount);
    }

    // Until he has bound what he moves to, he hears the room by what he had; what he moves on from unbound is of no use.
    [Fact]
    [Trait("Section", "RFC 4975 5.4")]
    public void WhoMovesKeepsWhatHeHearsByUntilTheNewOneIsBound()
    {
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);
        var session = SessionOf("alice");
        _server.Bind(session);
        var first = session.Media.Member.Session.LocalPath;
        Reinvite(alice, ScriptedSession.Offer(path: "msrp://127.0.0.1:9/second;tcp"));
        var second = session.Media.Member.Session.LocalPath;
        Reinvite(alice, ScriptedSession.Offer(path: "msrp://127.0.0.1:9/third;tcp"));
        var third = session.Media.Member.Session.LocalPath;
        Assert.Equal((true, false, true), (IsThere(first), IsThere(second), IsThere(third)));

        _server.Bind(session);
        Assert.Equal((false, true), (IsThere(first), IsThere(third)));
        Assert.Equal(1, _server.Room("lobby").UserCount);
    }

    [Fact]
    public void WhoLeavesWhileHeMovesLeavesNothingBehind()
    {
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);
        var session = SessionOf("alice");
        _server.Bind(session);
        var first = session.Media.Member.Session.LocalPath;
        Reinvite(alice, ScriptedSession.Offer(path: "msrp://127.0.0.1:9/second;tcp"));
        alice.Send(SipMethod.Bye);
        Assert.Equal((false, false), (IsThere(first), IsThere(session.Media.Member.Session.LocalPath)));
    }

    // Before his ACK he may not have the 200 that tells our path, and would refuse the first SEND (RFC 4975 section 5.4).
    [Fact]
    [Trait("Section", "RFC 4975 5.4")]
    public async Task WhoMovesToWhereHeListensIsConnectedToBehindHisAck()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);
        var offer = ScriptedSession.Offer("passive", $"msrp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/moved;tcp");
        var response = Reinvite(alice, offer);
        Assert.Equal(200, response.StatusCode);
        Assert.False(listener.Pending());

        _server.Receive(alice.Ack(response), alice.Client.Flow);
        using var connection = await listener.AcceptSocketAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Contract18_AReinviteThatCannotBeTakenGets488AndTheSessionGoesOn()
    {
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);

        Assert.Equal(488, Reinvite(alice, ScriptedSession.Offer(acceptTypes: "text/plain", path: "msrp://127.0.0.1:9/other;tcp")).StatusCode);

        Assert.False(alice.IsEndedByServer);
        Assert.Equal(1, _server.Room("lobby").UserCount);
        Assert.Equal(200, alice.Send(SipMethod.Options).StatusCode);
    }

    [Theory]
    [InlineData("OPTIONS", 200)]
    [InlineData("MESSAGE", 405)]
    [InlineData("INFO", 405)]
    public void Contract01_RequestsInADialogNeedNoCredentials(string method, int status)
    {
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);

        var response = alice.Send(new SipMethod(method));

        Assert.Equal(status, response.StatusCode);
        Assert.True(response.Allow!.Contains("SUBSCRIBE"));
    }

    [Fact]
    public void Contract06_AnUnknownExtensionInADialogGets420()
    {
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);

        var response = alice.Send(SipMethod.Refer, (SipHeaderId.Require, "answermode"));

        Assert.Equal(420, response.StatusCode);
        Assert.Equal("answermode", response.Headers.GetText(SipHeaderId.Unsupported));
    }

    [Fact]
    public void Contract24_JoiningIsToldNobodyButTheSubscribersOfTheRoster()
    {
        var bob = ScriptedSession.Join(_server.Client("bob"), Lobby);
        ScriptedSession.Join(_server.Client("alice"), Lobby);
        _server.Advance(TimeSpan.FromSeconds(1));

        Assert.DoesNotContain(bob.Client.Requests, request => request.Method != SipMethod.Ack);
    }

    [Fact]
    public void Contract27_ANicknameIsShownInTheRosterAndFreedByLeaving()
    {
        var watcher = Watch("bob");
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);
        var room = _server.Room("lobby");
        room.TakeNickname(SessionOf("alice"), "The Boss");
        _server.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal("The Boss", watcher.Rosters[^1].Users.Single().DisplayText);

        room.TakeNickname(SessionOf("alice"), "");
        _server.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Null(watcher.Rosters[^1].Users.Single().DisplayText);

        room.TakeNickname(SessionOf("alice"), "The Boss");
        alice.Send(SipMethod.Bye);
        Assert.Equal(OmaIm.Server.Rooms.NicknameVerdict.Granted, room.TakeNickname(SessionOf("bob"), "the boss"));
    }

    [Fact]
    public void ANicknameIsNotGivenToASessionThatHasLeft()
    {
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);
        var session = SessionOf("alice");
        alice.Send(SipMethod.Bye);

        Assert.Equal(OmaIm.Server.Rooms.NicknameVerdict.NotInRoom, _server.Room("lobby").TakeNickname(session, "ghost"));
        Assert.Null(_server.Room("lobby").Nicknames.Of("sip:alice@localhost"));
    }

    public void Dispose() => _server.Dispose();

    private bool IsThere(string path)
    {
        _server.Run();
        return _server.FindMsrp(path) is not null;
    }

    private static SipMessage Reinvite(ScriptedSession session, string offer)
    {
        var invite = session.Request(SipMethod.Invite);
        invite.SetBody("application/sdp", System.Text.Encoding.UTF8.GetBytes(offer));
        return session.Client.Send(invite);
    }

    private static void AssertGone(ScriptedSession watcher, string user, DisconnectionMethod how)
    {
        var last = watcher.Rosters[^1];
        Assert.Equal(InfoState.Partial, last.State);
        Assert.Equal("-" + user, last.Users());
        Assert.Equal(how, last.Users[0].Endpoints.Single().DisconnectionMethod);
        Assert.Equal(1, last.UserCount);
    }

    private ScriptedSession Watch(string user)
    {
        var session = ScriptedSession.Join(_server.Client(user), Lobby);
        _server.Bind(SessionOf(user));
        Assert.Equal(200, session.Subscribe().StatusCode);
        return session;
    }

    private OmaIm.Server.Rooms.RoomSession SessionOf(string user) =>
        _server.Room("lobby").Sessions.First(session => session.User.User == user);
}
