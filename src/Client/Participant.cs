namespace OmaIm.Client;

/// <summary>One user in a room, as the focus describes him (RFC 4575 section 5.6). Several sessions of one account are one participant.</summary>
/// <param name="Uri">SIP URI (address-of-record); the address for private messages.</param>
/// <param name="Nickname">What he wants to be called here, or null.</param>
/// <param name="Roles">Role entries, such as "creator"; empty when the focus gives none.</param>
/// <param name="IsSelf">This client's own user.</param>
public sealed record Participant(string Uri, string? Nickname, IReadOnlyList<string> Roles, bool IsSelf)
{
    /// <summary>The nickname, or the user part of the URI.</summary>
    public string Name => Nickname ?? UserPart(Uri);

    /// <summary>The same user under no nickname.</summary>
    public Participant WithoutNickname() => this with { Nickname = null };

    /// <summary>The part before the @, percent-decoded (RFC 3261 section 25.1, "user").</summary>
    internal static string UserPart(string uri)
    {
        var afterScheme = uri[(uri.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var at = afterScheme.IndexOf('@', StringComparison.Ordinal);
        return System.Uri.UnescapeDataString(at > 0 ? afterScheme[..at] : afterScheme);
    }
}
