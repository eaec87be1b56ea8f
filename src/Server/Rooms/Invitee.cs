using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Sip.Headers;

namespace OmaIm.Server.Rooms;

/// <summary>
/// A user to be invited, and perhaps the one-to-one session that the room takes the place of: the inviter names it by a header inside the
/// user's URI (<c>sip:bob@localhost?Replaces=...</c>, OMA IM; <c>?Session-Replaces=...</c>, RCS).
/// </summary>
/// <param name="Aor">His address-of-record.</param>
/// <param name="Replaced">The session's dialog as the inviter knows it: to-tag is his peer's, from-tag his own.</param>
/// <param name="ReplacedContribution">The session's Contribution-ID.</param>
public sealed record Invitee(string Aor, ReplacesHeader? Replaced = null, string? ReplacedContribution = null)
{
    /// <summary>A Contribution-ID is a UUID or 32 hex digits; this is room for either and more.</summary>
    private const int MaximumContribution = 128;

    /// <summary>Reads a URI of a list or of Refer-To; null when it is no SIP URI.</summary>
    public static Invitee? Read(SipUri uri) => uri.IsSip
        ? new Invitee(
            uri.Aor,
            ReplacesHeader.TryParse(Encoding.UTF8.GetBytes(uri.Header("Replaces") ?? ""), out var replaced) ? replaced : null,
            uri.Header("Session-Replaces") is { Length: > 0 and <= MaximumContribution } id && !id.AsSpan().ContainsAnyExceptInRange('!', '~') ? id : null)
        : null;
}
