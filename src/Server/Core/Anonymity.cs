using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;

namespace OmaIm.Server.Core;

/// <summary>Messages whose sender does not want to be named to others (RFC 3323, RFC 3325); the server knows him all the same.</summary>
public static class Anonymity
{
    /// <summary>The From of who does not say his name (RFC 3323 section 4.1.1.3).</summary>
    public const string Aor = "sip:anonymous@anonymous.invalid";

    // The six of RFC 3323 section 5.3; what else a client says of its user, of whom he speaks for, or of the place where he is.
    private static readonly string[] Telling =
    [
        "Subject", "Call-Info", "Organization", "User-Agent", "Reply-To", "In-Reply-To",
        "Server", "Warning", "Referred-By", "Remote-Party-ID", "History-Info", "Diversion", "Identity", "y", "Identity-Info", "n", "Geolocation",
        "Geolocation-Routing", "P-Access-Network-Info", "P-Served-User", "P-Charging-Vector", "Cellular-Network-Info", "Session-ID", "User-to-User",
    ];

    /// <summary>Whether the sender asks to stay unnamed, by <c>Privacy: id</c> or <c>user</c>. Who asks for what nobody can read may have meant that.</summary>
    public static bool IsAsked(SipMessage message) => IsUnreadable(message) || message.Privacy?.Values.Any(value =>
        value.Equals("id", StringComparison.OrdinalIgnoreCase) || value.Equals("user", StringComparison.OrdinalIgnoreCase)) == true;

    /// <summary>Whether there is a Privacy against the grammar, or more than one: a request with it is refused with 400.</summary>
    public static bool IsUnreadable(SipMessage message) => message.IsMalformed(SipHeaderId.Privacy);

    /// <summary>Whether an address is the one that names nobody.</summary>
    public static bool IsAnonymous(SipUri uri) => string.Equals(uri.Aor, Aor, StringComparison.Ordinal);

    /// <summary>The value of From for who stays unnamed.</summary>
    public static string From(string tag) => $"\"Anonymous\" <{Aor}>;tag={tag}";

    /// <summary>An address in the domain for the Contact of who stays unnamed: of one session only, so that no two tell that they are the same user's.</summary>
    public static string CreateAddress(AddressPlan addresses) => SipUri.Create(RandomToken.Create(), addresses.Domain).ToString();

    /// <summary>Takes out of a message to others what tells who its sender is beside From and Contact.</summary>
    public static void Strip(SipMessage message)
    {
        foreach (var header in Telling)
        {
            message.Headers.Remove(header);
        }
    }
}
