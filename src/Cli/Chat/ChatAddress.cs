using OmaIm.Protocols.Sip;

namespace OmaIm.Cli.Chat;

/// <summary>Rooms and users as people name them: by SIP URI, by that without its scheme, or by the name alone.</summary>
internal static class ChatAddress
{
    /// <summary>The URI of a room; a name alone is one of the rooms' domain. Null when it cannot be a URI.</summary>
    public static string? Room(string room, string domain) => Complete(room, "rooms." + domain);

    /// <summary>The URI of a user; a name alone is one of the domain. Null when it cannot be a URI.</summary>
    public static string? User(string user, string domain) => Complete(user, domain);

    private static string? Complete(string text, string domain)
    {
        var hasScheme = text.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("sips:", StringComparison.OrdinalIgnoreCase);
        var uri = hasScheme ? text
            : text.Contains('@', StringComparison.Ordinal) ? "sip:" + text
            : $"sip:{Uri.EscapeDataString(text)}@{domain}";
        return SipUri.TryParse(uri, out var parsed) && parsed.User is { Length: > 0 } ? uri : null;
    }
}
