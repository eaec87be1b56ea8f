using System.Text;
using OmaIm.Protocols.Conference;
using OmaIm.Protocols.Sip;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Rooms;

public sealed class ReferTests : IDisposable
{
    private const string Lobby = "sip:lobby@rooms.localhost";
    private const string Board = "sip:board@rooms.localhost";

    private readonly TestServer _server = new();

    [Fact]
    public void Contract28_TheFocusInvitesWithIsfocusAndAnActpassOffer()
    {
        var bob = Registered("bob");
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);

        Assert.Equal(202, alice.Refer("<sip:bob@localhost>").StatusCode);

        var invite = Assert.Single(bob.Requests);
        Assert.Equal(SipMethod.Invite, invite.Method);
        Assert.Equal(bob.Contact, invite.RequestUri.ToString());
        Assert.Equal(Lobby, invite.From!.Uri.ToString());
        Assert.Equal("sip:bob@localhost", invite.To!.Uri.ToString());
        Assert.True(invite.Contact!.Parameters.Contains("isfocus"));
        Assert.Equal("sip:alice@localhost", invite.ReferredBy!.Uri.ToString());
        Assert.Equal("Welcome", invite.Subject!.Value);
        Assert.False(invite.Headers.Contains(SipHeaderId.PAssertedIdentity));
        Assert.Contains("a=setup:actpass", Encoding.UTF8.GetString(invite.Body.Span), StringComparison.Ordinal);
        Assert.Contains("a=chatroom:nickname private-messages", Encoding.UTF8.GetString(invite.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void AnInvitedUserWhoAcceptsIsInAndTheInviterHearsIt()
    {
        var bob = Registered("bob");
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);
        alice.Subscribe();
        alice.Refer("<sip:bob@localhost>");
        _server.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal(EndpointStatus.DialingOut, alice.Rosters[^1].Users.Single().Endpoints.Single().Status);

        var session = ScriptedSession.Accept(bob, bob.Requests[0]);
        _server.Advance(TimeSpan.FromMilliseconds(300));

        Assert.True(_server.Room("lobby").IsParticipant("sip:bob@localhost"));
        Assert.Equal(SipMethod.Ack, bob.Requests[1].Method);
        Assert.Equal(["SIP/2.0 100 Trying active", "SIP/2.0 200 OK terminated"], Progress(alice.Client));
        var endpoint = alice.Rosters[^1].Users.Single().Endpoints.Single();
        Assert.Equal(EndpointStatus.Connected, endpoint.Status);
        Assert.Equal(JoiningMethod.DialedOut, endpoint.JoiningMethod);
        Assert.Equal(200, session.Send(SipMethod.Bye).StatusCode);
        Assert.False(_server.Room("lobby").IsParticipant("sip:bob@localhost"));
    }

    [Fact]
    public void ReferSubFalseIsHonoured()
    {
        Registered("bob");
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);

        var response = alice.Refer("<sip:bob@localhost>", (SipHeaderId.ReferSub, "false"));

        Assert.Equal(202, response.StatusCode);
        Assert.Equal("false", response.Headers.GetText(SipHeaderId.ReferSub));
        Assert.Empty(Progress(alice.Client));
    }

    [Fact]
    public void ADeclinedInvitationIsTold()
    {
        var bob = Registered("bob");
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);
        alice.Subscribe();
        alice.Refer("<sip:bob@localhost>");

        bob.Respond(bob.Requests[0], 603, []);
        _server.Advance(TimeSpan.FromSeconds(1));

        Assert.StartsWith("SIP/2.0 603", Progress(alice.Client)[^1], StringComparison.Ordinal);
        Assert.Equal("-bob", alice.Rosters[^1].Users());
        Assert.Equal(DisconnectionMethod.Failed, alice.Rosters[^1].Users.Single().Endpoints.Single().DisconnectionMethod);
        Assert.Equal(1, _server.Server.Rooms.Services.Sessions.Open);
    }

    [Theory]
    [InlineData("sip:dave@localhost", 480)]
    [InlineData("sip:nobody@localhost", 404)]
    [InlineData("sip:bob@example.com", 404)]
    public void WhoCannotBeReachedIsToldByStatus(string target, int status)
    {
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);

        Assert.Equal(202, alice.Refer($"<{target}>").StatusCode);

        Assert.StartsWith($"SIP/2.0 {status}", Progress(alice.Client)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void WhoIsBeingCalledIsNotCalledTwice()
    {
        var bob = Registered("bob");
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);
        alice.Refer("<sip:bob@localhost>");

        Assert.Equal(202, alice.Refer("<sip:bob@localhost>").StatusCode);

        Assert.Single(bob.Requests);
        Assert.Equal("SIP/2.0 491 Request Pending terminated", Progress(alice.Client)[^1]);
    }

    [Fact]
    public void ARoomMayHaveSoManyInvitationsUnderWayAndNoMore()
    {
        using var server = new TestServer(TestServer.Options with { RoomLimits = new OmaIm.Server.Core.RoomLimits { Invitations = 1 } });
        server.Client("bob").Register();
        var alice = ScriptedSession.Join(server.Client("alice"), Lobby);
        alice.Refer("<sip:bob@localhost>");

        alice.Refer("<sip:carol@localhost>");

        Assert.Equal("SIP/2.0 486 Too Many Invitations terminated", Progress(alice.Client)[^1]);
    }

    [Fact]
    public void WhoDoesNotAnswerIsCancelledAfterAMinute()
    {
        var bob = Registered("bob");
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);
        alice.Refer("<sip:bob@localhost>");
        _server.Bind(_server.Room("lobby").Sessions.Single());
        bob.Respond(bob.Requests[0], 180, []);

        _server.Advance(TimeSpan.FromSeconds(61));

        Assert.Contains(bob.Requests, request => request.Method == SipMethod.Cancel);
        Assert.StartsWith("SIP/2.0 408", Progress(alice.Client)[^1], StringComparison.Ordinal);
        bob.Respond(bob.Requests[0], 487, []);
        _server.Run();
        Assert.Equal(1, _server.Server.Rooms.Services.Sessions.Open);
    }

    [Fact]
    public void AllDevicesRingAndTheFirstThatAcceptsWins()
    {
        var desk = Registered("bob");
        var phone = Registered("bob");
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);
        alice.Refer("<sip:bob@localhost>");
        desk.Respond(desk.Requests[0], 180, []);
        phone.Respond(phone.Requests[0], 180, []);
        _server.Run();

        ScriptedSession.Accept(phone, phone.Requests[0]);

        Assert.Contains(desk.Requests, request => request.Method == SipMethod.Cancel);
        Assert.DoesNotContain(phone.Requests, request => request.Method == SipMethod.Cancel);
        Assert.Single(_server.Room("lobby").Sessions, session => session.User.User == "bob");
    }

    [Fact]
    public void AnAcceptanceThatCrossesTheCancelIsEndedByBye()
    {
        var desk = Registered("bob");
        var phone = Registered("bob");
        ScriptedSession.Join(_server.Client("alice"), Lobby).Refer("<sip:bob@localhost>");
        ScriptedSession.Accept(phone, phone.Requests[0]);

        var late = ScriptedSession.Accept(desk, desk.Requests[0]);

        Assert.True(late.IsEndedByServer);
        Assert.Single(_server.Room("lobby").Sessions, session => session.User.User == "bob");
        Assert.Equal(2, _server.Server.Rooms.Services.Sessions.Open);
    }

    [Fact]
    public void AnAnswerThatARoomCannotUseEndsTheSession()
    {
        var bob = Registered("bob");
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);
        alice.Refer("<sip:bob@localhost>");

        var session = ScriptedSession.Accept(bob, bob.Requests[0], ScriptedSession.Offer(acceptTypes: "text/plain"));

        Assert.True(session.IsEndedByServer);
        Assert.StartsWith("SIP/2.0 488", Progress(alice.Client)[^1], StringComparison.Ordinal);
        Assert.False(_server.Room("lobby").IsParticipant("sip:bob@localhost"));
    }

    [Fact]
    public void Contract28_AModeratorExpelsAndTheExpelledHearsWhy()
    {
        var alice = ScriptedSession.Join(_server.Client("alice"), Board);
        var carol = ScriptedSession.Join(_server.Client("carol"), Board);
        carol.Subscribe();

        Assert.Equal(202, carol.Refer("<sip:alice@localhost;method=BYE>").StatusCode);
        _server.Advance(TimeSpan.FromMilliseconds(300));

        var bye = Assert.Single(alice.Client.Requests);
        Assert.Equal(SipMethod.Bye, bye.Method);
        Assert.Equal(410, bye.Reason!.Cause);
        Assert.Equal("-alice", carol.Rosters[^1].Users());
        Assert.Equal(DisconnectionMethod.Booted, carol.Rosters[^1].Users.Single().Endpoints.Single().DisconnectionMethod);
        Assert.Equal("SIP/2.0 200 OK terminated", Progress(carol.Client)[^1]);
    }

    [Fact]
    public void Contract28_AnOrdinaryMemberOfAPublicRoomMayNotExpel()
    {
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);
        var bob = ScriptedSession.Join(_server.Client("bob"), Lobby);

        Assert.Equal(403, bob.Refer("<sip:alice@localhost;method=BYE>").StatusCode);
        Assert.Equal(403, bob.Refer("<sip:bob@localhost;method=BYE>").StatusCode);

        Assert.False(alice.IsEndedByServer);
        Assert.Equal(200, bob.Send(SipMethod.Options).StatusCode);
    }

    [Fact]
    public void ToExpelSomebodyWhoIsNotThereIsToldBy404()
    {
        var carol = ScriptedSession.Join(_server.Client("carol"), Board);

        Assert.Equal(202, carol.Refer("<sip:alice@localhost;method=BYE>").StatusCode);

        Assert.Equal("SIP/2.0 404 Not Found terminated", Progress(carol.Client)[^1]);
    }

    [Fact]
    public void AMemberOfAPrivateRoomInvitesMembersOnlyAndAModeratorAnybody()
    {
        var bob = Registered("bob");
        var dave = Registered("dave");
        var alice = ScriptedSession.Join(_server.Client("alice"), Board);
        Assert.Equal(202, alice.Refer("<sip:bob@localhost>").StatusCode);
        Assert.Equal(403, alice.Refer("<sip:dave@localhost>").StatusCode);
        Assert.Single(bob.Requests);
        Assert.Empty(dave.Requests);

        var carol = _server.Client("carol");
        var refer = carol.Request(SipMethod.Refer, Board, (SipHeaderId.ReferTo, "<sip:dave@localhost>"));
        Assert.Equal(202, carol.Call(refer).StatusCode);
        Assert.Single(dave.Requests);
    }

    [Fact]
    public void AnOutsiderMayNeitherInviteNorExpel()
    {
        ScriptedSession.Join(_server.Client("alice"), Board);
        var dave = _server.Client("dave");

        foreach (var referTo in new[] { "<sip:dave@localhost>", "<sip:alice@localhost;method=BYE>" })
        {
            Assert.Equal(403, dave.Call(dave.Request(SipMethod.Refer, Board, (SipHeaderId.ReferTo, referTo))).StatusCode);
        }
    }

    [Theory]
    [InlineData("<sip:rooms.localhost>", 400)]
    [InlineData("<tel:+15551234>", 400)]
    [InlineData("<sip:bob@localhost;method=SUBSCRIBE>", 403)]
    public void ABadReferToIsRefused(string referTo, int status)
    {
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);

        Assert.Equal(status, alice.Refer(referTo).StatusCode);
    }

    [Fact]
    public void AReferWithoutReferToIsRefused() =>
        Assert.Equal(400, ScriptedSession.Join(_server.Client("alice"), Lobby).Send(SipMethod.Refer).StatusCode);

    [Fact]
    public void S19_WhoReferredIsTheAuthenticatedUserWhateverReferredBySays()
    {
        var bob = Registered("bob");
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);

        alice.Refer("<sip:bob@localhost>", (SipHeaderId.ReferredBy, "<sip:boss@localhost>"));

        Assert.Equal("sip:alice@localhost", bob.Requests[0].ReferredBy!.Uri.ToString());
    }

    public void Dispose() => _server.Dispose();

    private static List<string> Progress(ScriptedClient client) =>
    [
        .. client.Requests
            .Where(request => request.Method == SipMethod.Notify && request.Event?.Package == "refer")
            .Select(request => $"{Encoding.UTF8.GetString(request.Body.Span).TrimEnd()} {request.SubscriptionState!.State}"),
    ];

    private ScriptedClient Registered(string user)
    {
        var client = _server.Client(user);
        Assert.Equal(200, client.Register().StatusCode);
        return client;
    }
}
