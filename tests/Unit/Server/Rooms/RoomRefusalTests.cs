using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Server.Rooms;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Rooms;

/// <summary>A request for every refusal: what is answered and what is counted.</summary>
public sealed class RoomRefusalTests
{
    private const string Lobby = "sip:lobby@rooms.localhost";
    private const string Board = "sip:board@rooms.localhost";
    private const string Factory = "sip:conference-factory@localhost";

    /// <summary>Everything only once, so that the second time is too much.</summary>
    private static readonly ImServerOptions Narrow = TestServer.Options with
    {
        Rooms =
        [
            TestServer.Options.Rooms[0] with { MaximumUsers = 1 },
            TestServer.Options.Rooms[1],
            new RoomOptions { Name = "moderated", MembersMayOpen = false },
        ],
        RoomLimits = new RoomLimits { SessionsPerUser = 1, AdHocRoomsPerUser = 0, Invitations = 1 },
    };

    private static readonly Dictionary<RoomRefusal, Func<ScriptedClient, SipMessage>> Corpus = new()
    {
        [RoomRefusal.NotMember] = dave => Invite(dave, Board),
        [RoomRefusal.NotOpener] = dave => Invite(dave, "sip:moderated@rooms.localhost"),
        [RoomRefusal.AnonymityNotAllowed] = dave => dave.Call(ScriptedSession.Invite(dave, Lobby, ScriptedSession.Offer(), (SipHeaderId.Privacy, "id"))),
        [RoomRefusal.RoomFull] = dave =>
        {
            ScriptedSession.Join(dave.Server.Client("bob"), Lobby);
            return Invite(dave, Lobby);
        },
        [RoomRefusal.TooManySessions] = dave =>
        {
            ScriptedSession.Join(dave, Lobby);
            return Invite(dave, Lobby);
        },
        [RoomRefusal.Stopping] = dave =>
        {
            _ = dave.Server.Server.StopAsync(TimeSpan.FromSeconds(1));
            return Invite(dave, Lobby);
        },
        [RoomRefusal.UnsupportedBody] = dave => Invite(dave, Lobby, "hello", "text/plain"),
        [RoomRefusal.BadDescription] = dave => Invite(dave, Lobby, "hello"),
        [RoomRefusal.OfferNotAcceptable] = dave => Invite(dave, Lobby, ScriptedSession.Offer(acceptTypes: "text/plain")),
        [RoomRefusal.ForbiddenAddress] = dave => Invite(dave, Lobby, ScriptedSession.Offer("passive", "msrp://169.254.169.254:80/s;tcp")),
        [RoomRefusal.BadEvent] = dave => Subscribe(dave, "presence", "3600"),
        [RoomRefusal.NotAcceptable] = dave => Subscribe(dave, "conference", "3600", "application/pidf+xml"),
        [RoomRefusal.TooBrief] = dave => Subscribe(dave, "conference", "5"),
        [RoomRefusal.BadReferTo] = dave => ScriptedSession.Join(dave, Lobby).Refer("<tel:+15551234>"),
        [RoomRefusal.ReferMethod] = dave => ScriptedSession.Join(dave, Lobby).Refer("<sip:bob@localhost;method=MESSAGE>"),
        [RoomRefusal.ReferForbidden] = dave => ScriptedSession.Join(dave, Lobby).Refer("<sip:bob@localhost;method=BYE>"),
        [RoomRefusal.BadInviteeList] = dave => dave.Call(ScriptedSession.Invite(
            dave, Factory, ScriptedSession.Offer(), (SipHeaderId.Require, "recipient-list-invite"))),
        [RoomRefusal.NoInvitees] = dave =>
        {
            var refer = ScriptedSession.Join(dave, Lobby).Request(SipMethod.Refer, (SipHeaderId.ReferTo, "<cid:a@b>"), (SipHeaderId.Require, "multiple-refer"));
            refer.Headers.Add("Content-ID", "<a@b>");
            refer.SetBody("application/resource-lists+xml", "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"/>"u8.ToArray());
            return dave.Send(refer);
        },
        [RoomRefusal.TooManyInvitees] = dave => InviteList(dave, "sip:alice@localhost", "sip:bob@localhost"),
        [RoomRefusal.TooManyRooms] = dave => Invite(dave, Factory),
        [RoomRefusal.MethodNotAllowed] = dave => ScriptedSession.Join(dave, Lobby).Send(SipMethod.Info),
        [RoomRefusal.BadExtension] = dave => ScriptedSession.Join(dave, Lobby).Send(SipMethod.Refer, (SipHeaderId.Require, "answermode")),
    };

    /// <summary>Told in a NOTIFY, after the REFER was accepted; or kept from coming so far by the dispatcher. Both have tests of their own.</summary>
    private static readonly RoomRefusal[] NotAnswered = [RoomRefusal.None, RoomRefusal.AlreadyInvited, RoomRefusal.TooManyInvitations, RoomRefusal.UnknownRoom];

    public static TheoryData<RoomRefusal> Refusals => [.. Enum.GetValues<RoomRefusal>().Except(NotAnswered)];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void EveryRefusalIsAnsweredAndCountedAsTheTableSays(RoomRefusal refusal)
    {
        using var server = new TestServer(Narrow);
        using var counter = new RefusalCounter(server.Server.Metrics);

        var response = Corpus[refusal](server.Client("dave"));

        var (status, phrase, tag) = RoomRefusals.Describe(refusal);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(phrase ?? SipReasonPhrases.Of(status), response.ReasonPhrase);
        Assert.Equal("rooms/" + tag, counter.Reasons[^1]);
    }

    private static SipMessage Invite(ScriptedClient client, string uri, string? body = null, string contentType = "application/sdp")
    {
        var invite = client.Request(SipMethod.Invite, uri);
        invite.SetBody(contentType, System.Text.Encoding.UTF8.GetBytes(body ?? ScriptedSession.Offer()));
        return client.Call(invite);
    }

    private static SipMessage InviteList(ScriptedClient client, params string[] invitees)
    {
        var list = "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list>"
            + string.Concat(invitees.Select(uri => $"<entry uri=\"{uri}\"/>")) + "</list></resource-lists>";
        return Invite(client, Factory, $"--b\r\nContent-Type: application/resource-lists+xml\r\n\r\n{list}\r\n--b--\r\n", "multipart/mixed;boundary=b");
    }

    private static SipMessage Subscribe(ScriptedClient client, string package, string expires, string accept = "application/conference-info+xml") =>
        client.Call(client.Request(
            SipMethod.Subscribe,
            Lobby,
            (SipHeaderId.Event, package),
            (SipHeaderId.Expires, expires),
            (SipHeaderId.Accept, accept)));
}
