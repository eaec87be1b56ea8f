using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.ResourceLists;
using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Sip;

namespace OmaIm.Server.Rooms;

/// <summary>What an INVITE to a room or to the factory carries: an offer, a list of invitees, both or neither (RFC 5366 section 4).</summary>
/// <param name="Offer">Null when the INVITE has none: then the 200 makes the offer (RFC 3261 section 13.2.1).</param>
/// <param name="Invitees">Null when there is no list.</param>
public sealed record InviteBody(SessionDescription? Offer, IReadOnlyList<ResourceListEntry>? Invitees)
{
    private const string Sdp = "application/sdp";
    private const string ResourceLists = "application/resource-lists+xml";
    private const string RecipientList = "recipient-list";

    public static RoomRefusal Read(SipMessage invite, int maximumInvitees, out InviteBody body)
    {
        body = new InviteBody(null, null);
        if (invite.Body.IsEmpty)
        {
            return RoomRefusal.None;
        }

        if (invite.ContentType is not { } type || invite.Headers.Contains(SipHeaderId.ContentEncoding))
        {
            return RoomRefusal.UnsupportedBody;
        }

        if (string.Equals(type.MediaType, Sdp, StringComparison.Ordinal))
        {
            return Read(BodyPart.Create(Sdp, invite.Body), maximumInvitees, ref body);
        }

        if (!type.MediaType.StartsWith("multipart/", StringComparison.Ordinal))
        {
            return RoomRefusal.UnsupportedBody;
        }

        if (!MultipartBody.TryParse(invite.Headers.GetText(SipHeaderId.ContentType)!, invite.Body, out var parts))
        {
            return RoomRefusal.BadDescription;
        }

        foreach (var part in parts)
        {
            var refusal = Read(part, maximumInvitees, ref body);
            if (refusal != RoomRefusal.None)
            {
                return refusal;
            }
        }

        return RoomRefusal.None;
    }

    // Parts of other types are of no use to a room and do no harm (a first message, an icon): they are passed over.
    private static RoomRefusal Read(BodyPart part, int maximumInvitees, ref InviteBody body)
    {
        if (string.Equals(part.MediaType, Sdp, StringComparison.Ordinal) && body.Offer is null)
        {
            if (!SessionDescription.TryParse(part.Content.Span, out var offer))
            {
                return RoomRefusal.BadDescription;
            }

            body = body with { Offer = offer };
        }
        else if (string.Equals(part.MediaType, ResourceLists, StringComparison.Ordinal)
            && string.Equals(part.Disposition ?? RecipientList, RecipientList, StringComparison.Ordinal))
        {
            // How many entries are read is bounded by the length of the document: the sender of too many shall hear that.
            if (body.Invitees is not null || !ResourceList.TryParse(part.Content, out var invitees, int.MaxValue))
            {
                return RoomRefusal.BadInviteeList;
            }

            if (invitees.Count > maximumInvitees)
            {
                return RoomRefusal.TooManyInvitees;
            }

            body = body with { Invitees = invitees };
        }

        return RoomRefusal.None;
    }
}
