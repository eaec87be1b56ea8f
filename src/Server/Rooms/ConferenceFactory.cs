using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Rooms;

/// <summary>
/// The conference factory (RFC 4579 section 5.4): an INVITE to it makes a private room with the sender as its moderator, and invites
/// the users of its recipient list (RFC 5366). The sender is in the room at once; the room's address is the Contact of the 200.
/// </summary>
public sealed class ConferenceFactory(RoomDirectory directory) : IRequestHandler
{
    public void Handle(ServerTransaction transaction, Caller caller, Destination destination)
    {
        var services = directory.Services;
        var refusal = Create(transaction.Request, caller, out var room, out var body, out var invitees);
        if (refusal != RoomRefusal.None)
        {
            services.Refuse(transaction, refusal);
            return;
        }

        RoomSession.ForJoin(services, room!, caller, body.Offer, isAnonymous: false).Accept(transaction, body.Offer);
        if (!room!.IsParticipant(caller.Aor))
        {
            // The offer was refused: nobody will ever come.
            directory.Discard(room);
            return;
        }

        foreach (var invitee in invitees)
        {
            room.Invite(caller, invitee, static (_, _) => { });
        }
    }

    private RoomRefusal Create(SipMessage invite, Caller caller, out Room? room, out InviteBody body, out IReadOnlyList<Invitee> invitees)
    {
        room = null;
        invitees = [];
        body = new InviteBody(null, null);
        if (directory.IsStopping)
        {
            return RoomRefusal.Stopping;
        }

        var refusal = InviteBody.Read(invite, directory.Services.Limits.Invitations, out body);
        if (refusal != RoomRefusal.None)
        {
            return refusal;
        }

        // He who makes the room is one of its users.
        invitees = Invitees(body, caller);
        if (invitees.Count > directory.Services.Limits.AdHocUsers - 1)
        {
            return RoomRefusal.TooManyInvitees;
        }

        // A room that somebody makes names him as its moderator, and its invitations name him as who invites.
        if (Anonymity.IsAsked(invite))
        {
            return RoomRefusal.AnonymityNotAllowed;
        }

        // RFC 5366 section 5: who requires the extension sends a list with it.
        var isListRequired = invite.Require?.Contains(Extensions.RecipientListInvite) == true;
        return isListRequired && body.Invitees is null
            ? RoomRefusal.BadInviteeList
            : directory.TryCreate(caller, invite.Subject?.Value, out room);
    }

    private static List<Invitee> Invitees(InviteBody body, Caller caller) =>
    [
        .. (body.Invitees ?? [])
            .Select(entry => SipUri.TryParse(entry.Uri, out var uri) ? Invitee.Read(uri) : null)
            .OfType<Invitee>()
            .Where(invitee => !string.Equals(invitee.Aor, caller.Aor, StringComparison.Ordinal))
            .DistinctBy(invitee => invitee.Aor, StringComparer.Ordinal),
    ];
}
