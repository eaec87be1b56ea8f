using OmaIm.Client.Signalling;
using OmaIm.Protocols.Sip;

namespace OmaIm.Client.Sessions;

/// <summary>What an INVITE of another user asks for.</summary>
/// <param name="From">Who invites, as the signalling vouches for him.</param>
/// <param name="Kind">What for.</param>
internal sealed record SessionOffer(string From, SessionKind Kind)
{
    public static SessionOffer Of(SipMessage invite)
    {
        var from = invite.PAssertedIdentities is [{ } asserted, ..] ? asserted.Uri : invite.From!.Uri;
        var isLarge = invite.AcceptContacts.Any(header => header.Parameters.Contains(ImFeatures.LargeMessage));
        return new SessionOffer(from.Aor, isLarge ? SessionKind.LargeMessage : SessionKind.Chat);
    }

    /// <summary>Whether the INVITE comes from a conference focus (RFC 4579 section 5.2) and so is about a room.</summary>
    public static bool IsOfRoom(SipMessage invite) => invite.Contact is { } contact && contact.Parameters.Contains("isfocus");
}
