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
        if (MultipleRefer.IsMeant(transaction.Request))
        {
            MultipleRefer.Handle(services, room, transaction, caller);
            return;
        }

        ReferTarget? target = null;
        var refusal = transaction.Request.ReferTo is { } referTo ? ReferTarget.TryRead(referTo.Uri, room, caller, out target) : RoomRefusal.BadReferTo;
        if (refusal != RoomRefusal.None)
        {
            services.Refuse(transaction, refusal);
            return;
        }

        var progress = Accept(services, room, transaction);
        if (target!.IsExpulsion)
        {
            var wasThere = room.Expel(target.Invitee.Aor);
            progress?.End(wasThere ? 200 : 404, wasThere ? "OK" : "Not Found");
            return;
        }

        refusal = room.Invite(caller, target.Invitee, (status, phrase) => progress?.End(status, phrase));
        if (refusal != RoomRefusal.None)
        {
            var (status, phrase, _) = RoomRefusals.Describe(refusal);
            progress?.End(status, phrase ?? SipReasonPhrases.Of(status));
        }
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
