using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;

namespace OmaIm.Server.Rooms;

/// <summary>Whom a REFER is about, and whether he shall come or go.</summary>
/// <param name="Invitee">The user.</param>
/// <param name="IsExpulsion">Whether the method is BYE.</param>
public sealed record ReferTarget(Invitee Invitee, bool IsExpulsion)
{
    /// <summary>Reads a URI with its method parameter, and asks whether the sender may do that.</summary>
    public static RoomRefusal TryRead(SipUri uri, Room room, Caller caller, out ReferTarget? target)
    {
        target = null;
        if (uri is not { IsSip: true, User.Length: > 0 } || Invitee.Read(uri) is not { } invitee)
        {
            return RoomRefusal.BadReferTo;
        }

        var method = uri.Parameters["method"] ?? SipMethod.Invite.Name;
        var isExpulsion = string.Equals(method, SipMethod.Bye.Name, StringComparison.Ordinal);
        if (!isExpulsion && !string.Equals(method, SipMethod.Invite.Name, StringComparison.Ordinal))
        {
            return RoomRefusal.ReferMethod;
        }

        target = new ReferTarget(invitee, isExpulsion);
        var isAllowed = isExpulsion
            ? room.Rights.IsModerator(caller.Aor)
            : room.Rights.MayInvite(caller.Aor, room.IsParticipant(caller.Aor), invitee.Aor);
        return isAllowed ? RoomRefusal.None : RoomRefusal.ReferForbidden;
    }
}
