using OmaIm.Protocols.Sip;

namespace OmaIm.Server.Core;

/// <summary>Requests whose sender does not want to be named to others (RFC 3323, RFC 3325); the server knows him all the same.</summary>
public static class Anonymity
{
    /// <summary>The From of who does not say his name (RFC 3323 section 4.1.1.3).</summary>
    public const string Aor = "sip:anonymous@anonymous.invalid";

    /// <summary>Whether the sender asks to stay unnamed, by <c>Privacy: id</c> or <c>user</c>.</summary>
    public static bool IsAsked(SipMessage request) => request.Privacy?.Values.Any(value =>
        value.Equals("id", StringComparison.OrdinalIgnoreCase) || value.Equals("user", StringComparison.OrdinalIgnoreCase)) == true;

    /// <summary>Whether an address is the one that names nobody.</summary>
    public static bool IsAnonymous(SipUri uri) => string.Equals(uri.Aor, Aor, StringComparison.Ordinal);
}
