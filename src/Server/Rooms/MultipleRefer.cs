using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.ResourceLists;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Rooms;

/// <summary>
/// REFER with a list (RFC 5368): Refer-To points at a resource list in the body, of users to invite or, with <c>method=BYE</c>, to expel. All of it
/// is allowed or none. There is no subscription: how it went, the roster says.
/// </summary>
public static class MultipleRefer
{
    /// <summary>Whether a REFER is one for several users.</summary>
    public static bool IsMeant(SipMessage refer) => refer.Require?.Contains(Extensions.MultipleRefer) == true;

    public static void Handle(RoomServices services, Room room, ServerTransaction transaction, Caller caller)
    {
        var refusal = Check(services, room, transaction.Request, caller, out var targets);
        if (refusal != RoomRefusal.None)
        {
            services.Refuse(transaction, refusal);
            return;
        }

        transaction.Respond(202, null, (SipHeaderId.ReferSub, "false"), (SipHeaderId.Contact, RoomSession.FocusContact(room)));
        foreach (var target in targets)
        {
            if (target.IsExpulsion)
            {
                room.Expel(target.Invitee.Aor);
            }
            else
            {
                // Who is called already, or is one too many, is in the roster or not: there is nobody else to tell.
                _ = room.Invite(caller, target.Invitee, static (_, _) => { });
            }
        }
    }

    private static RoomRefusal Check(RoomServices services, Room room, SipMessage request, Caller caller, out List<ReferTarget> targets)
    {
        targets = [];
        if (request.ReferTo is not { Uri: { Scheme: "cid" } reference } || List(request, reference.Opaque) is not { } document)
        {
            return RoomRefusal.BadReferTo;
        }

        // How many entries are read is bounded by the length of the document: the sender of too many shall hear that.
        if (!ResourceList.TryParse(document, out var entries, int.MaxValue))
        {
            return RoomRefusal.BadInviteeList;
        }

        if (entries.Count > services.Limits.Invitations)
        {
            return RoomRefusal.TooManyInvitees;
        }

        foreach (var entry in entries)
        {
            ReferTarget? target = null;
            var refusal = SipUri.TryParse(entry.Uri, out var uri) ? ReferTarget.TryRead(uri, room, caller, out target) : RoomRefusal.BadInviteeList;
            if (refusal != RoomRefusal.None)
            {
                return refusal;
            }

            targets.Add(target!);
        }

        return targets.Count == 0 ? RoomRefusal.NoInvitees : RoomRefusal.None;
    }

    // The list is the body itself, or the part of a multipart that has the Content-ID (RFC 2392).
    private static ReadOnlyMemory<byte>? List(SipMessage request, string contentId)
    {
        var type = request.ContentType?.MediaType;
        if (string.Equals(type, ResourceList.ContentType, StringComparison.Ordinal))
        {
            return IsNamed(request.Headers.GetText("Content-ID"), contentId) ? request.Body : null;
        }

        return type is not null
            && MultipartBody.TryParse(request.Headers.GetText(SipHeaderId.ContentType)!, request.Body, out var parts)
            && parts.FirstOrDefault(part => IsNamed(part.Header("Content-ID"), contentId)) is { } part
                ? part.Content
                : null;
    }

    private static bool IsNamed(string? header, string contentId) =>
        header is not null && string.Equals(header.Trim().Trim('<', '>'), Uri.UnescapeDataString(contentId), StringComparison.Ordinal);
}
