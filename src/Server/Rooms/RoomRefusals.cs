using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Rooms;

/// <summary>The one place that maps refusals to the wire and to the metric's tag.</summary>
public static class RoomRefusals
{
    /// <summary>What may be sent within a room's session.</summary>
    public const string Allow = "INVITE, ACK, BYE, CANCEL, UPDATE, REFER, SUBSCRIBE, NOTIFY, OPTIONS";

    public static (int Status, string? Phrase, string Tag) Describe(RoomRefusal refusal) => refusal switch
    {
        RoomRefusal.UnknownRoom => (404, null, "unknown_room"),
        RoomRefusal.NotMember => (403, "Not a Member of the Room", "not_member"),
        RoomRefusal.NotOpener => (403, "Not Open Yet", "not_opener"),
        RoomRefusal.AnonymityNotAllowed => (403, "Anonymity Not Allowed", "anonymity_not_allowed"),
        RoomRefusal.RoomFull => (486, "Room Full", "room_full"),
        RoomRefusal.TooManySessions => (486, "Too Many Sessions", "too_many_sessions"),
        RoomRefusal.Stopping => (503, null, "stopping"),
        RoomRefusal.UnsupportedBody => (415, null, "unsupported_body"),
        RoomRefusal.BadDescription => (400, "Bad Session Description", "bad_description"),
        RoomRefusal.OfferNotAcceptable => (488, null, "offer_not_acceptable"),
        RoomRefusal.ForbiddenAddress => (488, null, "forbidden_address"),
        RoomRefusal.BadEvent => (489, null, "bad_event"),
        RoomRefusal.NotAcceptable => (406, null, "not_acceptable"),
        RoomRefusal.TooBrief => (423, null, "too_brief"),
        RoomRefusal.BadReferTo => (400, "Bad Refer-To", "bad_refer_to"),
        RoomRefusal.ReferMethod => (403, "Refer-To Method Not Allowed", "refer_method"),
        RoomRefusal.ReferForbidden => (403, null, "refer_forbidden"),
        RoomRefusal.AlreadyInvited => (491, null, "already_invited"),
        RoomRefusal.TooManyInvitations => (486, "Too Many Invitations", "too_many_invitations"),
        RoomRefusal.BadInviteeList => (400, "Bad Recipient List", "bad_invitee_list"),
        RoomRefusal.NoInvitees => (403, "No Destinations", "no_invitees"),
        RoomRefusal.TooManyInvitees => (486, "Too Many Participants", "too_many_invitees"),
        RoomRefusal.TooManyRooms => (486, "Too Many Rooms", "too_many_rooms"),
        RoomRefusal.MethodNotAllowed => (405, null, "method_not_allowed"),
        RoomRefusal.BadExtension => (420, null, "bad_extension"),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "not a refusal"),
    };

    /// <summary>Answers a request with a refusal and the header that belongs to it.</summary>
    public static void Refuse(this RoomServices services, ServerTransaction transaction, RoomRefusal refusal, string? detail = null)
    {
        var (status, phrase, tag) = Describe(refusal);
        services.Metrics.Refused("rooms", tag);
        services.Log.Refused(tag, transaction.Flow.Remote);
        (SipHeaderId, string)[] headers = refusal switch
        {
            RoomRefusal.Stopping => [(SipHeaderId.RetryAfter, "5")],
            RoomRefusal.UnsupportedBody => [(SipHeaderId.Accept, detail ?? "application/sdp"), Answers.Unpacked],
            RoomRefusal.OfferNotAcceptable or RoomRefusal.ForbiddenAddress => [Answers.Warning(services.Addresses.Domain, detail ?? "offer not acceptable")],
            RoomRefusal.BadEvent => [(SipHeaderId.AllowEvents, "conference")],
            RoomRefusal.TooBrief => [(SipHeaderId.MinExpires, Seconds(services.Limits.MinimumSubscription))],
            RoomRefusal.MethodNotAllowed => [(SipHeaderId.Allow, Allow)],
            RoomRefusal.BadExtension => [(SipHeaderId.Unsupported, detail ?? "")],
            _ => WarningText(refusal) is { } text ? [Answers.Warning(services.Addresses.Domain, text)] : [],
        };
        transaction.Respond(status, phrase, headers);
    }

    /// <summary>What OMA's clients look for in the text of a Warning.</summary>
    private static string? WarningText(RoomRefusal refusal) => refusal switch
    {
        RoomRefusal.NotMember => "127 Service not authorised",
        RoomRefusal.NotOpener or RoomRefusal.ReferForbidden => "122 Function not allowed",
        RoomRefusal.AnonymityNotAllowed => "119 Anonymity not allowed",
        RoomRefusal.NoInvitees => "129 No destinations",
        RoomRefusal.RoomFull or RoomRefusal.TooManyInvitees => "Maximum number of participants reached",
        _ => null,
    };

    private static string Seconds(TimeSpan time) => ((long)time.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
