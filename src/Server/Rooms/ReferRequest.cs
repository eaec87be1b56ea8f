using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Rooms;

/// <summary>
/// REFER to a room (RFC 3515, RFC 4579 sections 5.5 and 5.11): Refer-To names whom to invite, or with <c>method=BYE</c> whom to expel.
/// The REFER is accepted or refused by the sender's right; how it went is told by NOTIFYs, unless <c>Refer-Sub: false</c> (RFC 4488).
/// </summary>
public static class ReferRequest
{
    /// <summary>The invited may ring that long, and a NOTIFY must still find its subscription.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(32);

    public static void Handle(RoomServices services, Room room, ServerTransaction transaction, Caller caller)
    {
        var refusal = Check(room, transaction.Request, caller, out var target, out var isExpulsion);
        if (refusal != RoomRefusal.None)
        {
            services.Refuse(transaction, refusal);
            return;
        }

        var progress = Accept(services, room, transaction);
        if (isExpulsion)
        {
            var wasThere = room.Expel(target);
            progress?.End(wasThere ? 200 : 404, wasThere ? "OK" : "Not Found");
            return;
        }

        refusal = room.Invite(caller, target, (status, phrase) => progress?.End(status, phrase));
        if (refusal != RoomRefusal.None)
        {
            var (status, phrase, _) = RoomRefusals.Describe(refusal);
            progress?.End(status, phrase ?? SipReasonPhrases.Of(status));
        }
    }

    private static RoomRefusal Check(Room room, SipMessage request, Caller caller, out string target, out bool isExpulsion)
    {
        target = "";
        isExpulsion = false;
        if (request.ReferTo is not { Uri: { IsSip: true, User.Length: > 0 } uri })
        {
            return RoomRefusal.BadReferTo;
        }

        target = uri.Aor;
        var method = uri.Parameters["method"] ?? SipMethod.Invite.Name;
        isExpulsion = string.Equals(method, SipMethod.Bye.Name, StringComparison.Ordinal);
        if (!isExpulsion && !string.Equals(method, SipMethod.Invite.Name, StringComparison.Ordinal))
        {
            return RoomRefusal.ReferMethod;
        }

        var isAllowed = isExpulsion
            ? room.Rights.IsModerator(caller.Aor)
            : room.Rights.MayInvite(caller.Aor, room.IsParticipant(caller.Aor), target);
        return isAllowed ? RoomRefusal.None : RoomRefusal.ReferForbidden;
    }

    /// <summary>Answers 202; null when the sender wants no subscription.</summary>
    private static ReferProgress? Accept(RoomServices services, Room room, ServerTransaction transaction)
    {
        if (transaction.Request.ReferSub is { Value: false })
        {
            transaction.Respond(202, null, (SipHeaderId.ReferSub, "false"), (SipHeaderId.Contact, RoomSession.FocusContact(room)));
            return null;
        }

        var progress = new ReferProgress();
        progress.Begin(services.Dialogs.AcceptRefer(transaction, progress, room.Uri, services.Limits.InviteTimeout + Slack));
        return progress;
    }
}
