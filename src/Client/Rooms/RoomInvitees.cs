using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.ResourceLists;
using OmaIm.Protocols.Sip;

namespace OmaIm.Client.Rooms;

/// <summary>Whom the conference factory shall invite into a new room (RFC 5366); nobody when an existing room is joined.</summary>
internal sealed record RoomInvitees(IReadOnlyList<string> Uris)
{
    public static readonly RoomInvitees None = new([]);

    /// <summary>Gives an INVITE its body: the offer, and the list beside it where there is one.</summary>
    public void Fill(SipMessage invite, byte[] offer)
    {
        if (Uris.Count == 0)
        {
            invite.SetBody("application/sdp", offer);
            return;
        }

        // RFC 5366 section 6: multipart/mixed with the list as "recipient-list", and the option tag that refuses servers without it.
        var list = ResourceList.Write(Uris.Select(uri => new ResourceListEntry(uri, CopyControl.To)));
        var body = MultipartBody.Write(
            "mixed",
            [BodyPart.Create("application/sdp", offer), BodyPart.Create("application/resource-lists+xml", list, "recipient-list")],
            out var contentType);
        invite.Headers.Set(SipHeaderId.Require, "recipient-list-invite");
        invite.SetBody(contentType, body);
    }
}
