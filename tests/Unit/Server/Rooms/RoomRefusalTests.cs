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
        Rooms = [TestServer.Options.Rooms[0] with { MaximumUsers = 1 }, TestServer.Options.Rooms[1]],
        RoomLimits = new RoomLimits { SessionsPerUser = 1, AdHocRoomsPerUser = 0 },
    };

    private static readonly Dictionary<RoomRefusal, Func<ScriptedClient, SipMessage>> Corpus = new()
    {
        [RoomRefusal.NotMember] = dave => Invite(dave, Board),
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
        [RoomRefusal.TooManyRooms] = dave => Invite(dave, Factory),
        [RoomRefusal.MethodNotAllowed] = dave => ScriptedSession.Join(dave, Lobby).Send(SipMethod.Info),
        [RoomRefusal.BadExtension] = dave => ScriptedSession.Join(dave, Lobby).Send(SipMethod.Refer, (SipHeaderId.Require, "multiple-refer")),
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

    private static SipMessage Subscribe(ScriptedClient client, string package, string expires, string accept = "application/conference-info+xml") =>
        client.Call(client.Request(
            SipMethod.Subscribe,
            Lobby,
            (SipHeaderId.Event, package),
            (SipHeaderId.Expires, expires),
            (SipHeaderId.Accept, accept)));
}
