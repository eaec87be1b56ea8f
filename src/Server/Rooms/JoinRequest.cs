using OmaIm.Server.Core;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Rooms;

/// <summary>INVITE to a room: a client joins, or joins again. It never makes a room (RFC 4579 section 5.1).</summary>
public static class JoinRequest
{
    public static void Handle(RoomServices services, Room room, ServerTransaction transaction, Caller caller)
    {
        var isAnonymous = Anonymity.IsAsked(transaction.Request);
        var refusal = isAnonymous && !room.AllowsAnonymity ? RoomRefusal.AnonymityNotAllowed : room.CheckEntry(caller, isAnonymous);
        InviteBody? body = null;
        if (refusal == RoomRefusal.None)
        {
            refusal = InviteBody.Read(transaction.Request, services.Limits.Invitations, out body);
        }

        if (refusal == RoomRefusal.None)
        {
            RoomSession.ForJoin(services, room, caller, body!.Offer, isAnonymous).Accept(transaction, body.Offer);
        }
        else
        {
            services.Refuse(transaction, refusal);
        }
    }
}
