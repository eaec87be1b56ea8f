using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Rooms;

public sealed class ConferenceFactoryTests : IDisposable
{
    private const string Factory = "sip:conference-factory@localhost";

    private readonly TestServer _server = new();

    [Fact]
    public void Contract28_APlainInviteMakesAnEmptyPrivateRoom()
    {
        var alice = _server.Client("alice");
        var invite = ScriptedSession.Invite(alice, Factory, ScriptedSession.Offer(), (SipHeaderId.Subject, "Picnic"));

        var response = alice.Call(invite);

        Assert.Equal(200, response.StatusCode);
        var uri = response.Contact!.Uri;
        Assert.Equal("rooms.localhost", uri.Host);
        Assert.Matches("^[a-z0-9]{26,}$", uri.User!);
        Assert.True(response.Contact.Parameters.Contains("isfocus"));
        var room = _server.Room(uri.User!);
        Assert.Equal("Picnic", room.Subject);
        Assert.True(room.Rights.IsModerator("sip:alice@localhost"));
        var bob = _server.Client("bob");
        Assert.Equal(403, bob.Call(ScriptedSession.Invite(bob, uri.ToString(), ScriptedSession.Offer())).StatusCode);
    }

    [Fact]
    public void Contract28_TheFactoryInvitesWhomTheListNames()
    {
        var bob = Registered("bob");
        var carol = Registered("carol");
        var alice = _server.Client("alice");

        var (session, room) = Create(alice, "sip:bob@localhost", "sip:carol@localhost", "sip:alice@localhost", "sip:bob@localhost", "sip:nobody@localhost");
        session.Subscribe();
        ScriptedSession.Accept(bob, Assert.Single(bob.Requests));
        carol.Respond(Assert.Single(carol.Requests), 486, []);
        _server.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("sip:alice@localhost", bob.Requests[0].ReferredBy!.Uri.ToString());
        Assert.Equal(2, room.UserCount);
        Assert.Equal("alice bob carol nobody", session.Rosters[0].Users());
        Assert.DoesNotContain("-carol", session.Rosters[^1].Users(), StringComparison.Ordinal);
    }

    [Fact]
    public void Contract28_AnInvitedUserMayComeLaterAndNotAfterHeWasExpelled()
    {
        var alice = _server.Client("alice");
        var (session, room) = Create(alice, "sip:bob@localhost");

        var bob = ScriptedSession.Join(_server.Client("bob"), room.Uri.ToString());
        Assert.Equal(403, bob.Refer("<sip:alice@localhost;method=BYE>").StatusCode);
        Assert.Equal(202, session.Refer("<sip:bob@localhost;method=BYE>").StatusCode);

        Assert.True(bob.IsEndedByServer);
        Assert.Equal(403, bob.Client.Call(ScriptedSession.Invite(bob.Client, room.Uri.ToString(), ScriptedSession.Offer())).StatusCode);
    }

    [Fact]
    public void AnExpelledUserLosesHisSubscriptionToAPrivateRoster()
    {
        var (session, room) = Create(_server.Client("alice"), "sip:bob@localhost");
        var bob = _server.Client("bob");
        var subscribe = bob.Request(SipMethod.Subscribe, room.Uri.ToString(), (SipHeaderId.Event, "conference"));
        Assert.Equal(200, bob.Call(subscribe).StatusCode);

        session.Refer("<sip:bob@localhost;method=BYE>");

        Assert.Equal("terminated", bob.Requests[^1].SubscriptionState!.State);
        Assert.Equal("rejected", bob.Requests[^1].SubscriptionState!.Reason);
    }

    [Fact]
    public void Contract28_AnEmptyAdHocRoomDisappears()
    {
        var alice = _server.Client("alice");
        var (session, room) = Create(alice);
        var watcher = alice.Request(SipMethod.Subscribe, room.Uri.ToString(), (SipHeaderId.Event, "conference"));
        Assert.Equal(200, alice.Call(watcher).StatusCode);

        session.Send(SipMethod.Bye);

        Assert.Null(_server.Server.Rooms.Find(room.Name));
        Assert.Equal("noresource", alice.Requests[^1].SubscriptionState!.Reason);
        Assert.Equal(404, alice.Call(ScriptedSession.Invite(alice, room.Uri.ToString(), ScriptedSession.Offer())).StatusCode);
    }

    [Fact]
    public void ARoomStaysWhileSomebodyIsBeingCalledOrIsStillThere()
    {
        var bob = Registered("bob");
        var (session, room) = Create(_server.Client("alice"), "sip:bob@localhost");
        session.Send(SipMethod.Bye);
        Assert.Same(room, _server.Room(room.Name));

        var answered = ScriptedSession.Accept(bob, bob.Requests[0]);
        Assert.Same(room, _server.Room(room.Name));

        answered.Send(SipMethod.Bye);
        Assert.Null(_server.Server.Rooms.Find(room.Name));
    }

    [Fact]
    public void ARoomThatEverybodyDeclinedAndTheCreatorLeftDisappears()
    {
        var bob = Registered("bob");
        var (session, room) = Create(_server.Client("alice"), "sip:bob@localhost");
        session.Send(SipMethod.Bye);

        bob.Respond(bob.Requests[0], 603, []);
        _server.Run();

        Assert.Null(_server.Server.Rooms.Find(room.Name));
    }

    [Fact]
    public void ARefusedOfferMakesNoRoom()
    {
        var alice = _server.Client("alice");

        var response = alice.Call(ScriptedSession.Invite(alice, Factory, ScriptedSession.Offer(acceptTypes: "text/plain")));

        Assert.Equal(488, response.StatusCode);
        Assert.Equal(2, _server.Server.Metrics.Rooms);
    }

    public static TheoryData<int, string, string, string> BadLists { get; } = new()
    {
        { 400, "required and missing", "recipient-list-invite", "" },
        { 400, "broken", "recipient-list-invite", "<resource-lists" },
        { 400, "entity bomb", "recipient-list-invite", "<!DOCTYPE r [<!ENTITY a \"a\">]><resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\">&a;</resource-lists>" },
        { 486, "too long", "", List([.. Enumerable.Range(0, 101).Select(number => $"sip:user{number}@localhost")]) },
    };

    [Theory]
    [MemberData(nameof(BadLists))]
    public void ABadListIsRefusedAndMakesNoRoom(int status, string what, string require, string list)
    {
        var alice = _server.Client("alice");
        var invite = alice.Request(SipMethod.Invite, Factory);
        if (require.Length > 0)
        {
            invite.Headers.Add(SipHeaderId.Require, require);
        }

        SetBody(invite, list.Length == 0 ? null : list);

        var response = alice.Call(invite);
        Assert.True(response.StatusCode == status, what);
        Assert.Equal(status != 400, response.Headers.Contains(SipHeaderId.Warning));
        Assert.Equal(2, _server.Server.Metrics.Rooms);
    }

    [Fact]
    public void AUserMayHaveSoManyRoomsAndNoMore()
    {
        using var server = new TestServer(TestServer.Options with { RoomLimits = new RoomLimits { AdHocRoomsPerUser = 2 } });
        var alice = server.Client("alice");

        Assert.Equal(
            [200, 200, 486],
            Enumerable.Range(0, 3).Select(_ => alice.Call(ScriptedSession.Invite(alice, Factory, ScriptedSession.Offer())).StatusCode));
    }

    public void Dispose() => _server.Dispose();

    private static string List(params string[] uris) =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list>" +
        string.Concat(uris.Select(uri => $"<entry uri=\"{uri}\"/>")) + "</list></resource-lists>";

    private static void SetBody(SipMessage invite, string? list)
    {
        var body = $"--b1\r\nContent-Type: application/sdp\r\n\r\n{ScriptedSession.Offer()}\r\n";
        if (list is not null)
        {
            body += $"--b1\r\nContent-Type: application/resource-lists+xml\r\nContent-Disposition: recipient-list\r\n\r\n{list}\r\n";
        }

        invite.SetBody("multipart/mixed;boundary=b1", Encoding.UTF8.GetBytes(body + "--b1--\r\n"));
    }

    private (ScriptedSession Session, OmaIm.Server.Rooms.Room Room) Create(ScriptedClient client, params string[] invitees)
    {
        var invite = client.Request(SipMethod.Invite, Factory, (SipHeaderId.Require, "recipient-list-invite"));
        SetBody(invite, List(invitees));
        var response = client.Call(invite);
        Assert.Equal(200, response.StatusCode);
        return (ScriptedSession.Established(client, invite, response), _server.Room(response.Contact!.Uri.User!));
    }

    private ScriptedClient Registered(string user)
    {
        var client = _server.Client(user);
        Assert.Equal(200, client.Register().StatusCode);
        return client;
    }
}
