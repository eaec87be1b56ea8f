using OmaIm.Protocols.Sip;

namespace OmaIm.Server.Core;

/// <summary>Requests whose sender does not want to be named to others (RFC 3323, RFC 3325); the server knows him all the same.</summary>
public static class Anonymity
{
    /// <summary>The From of who does not say his name (RFC 3323 section 4.1.1.3).</summary>
    public const string Aor = "sip:anonymous@anonymous.invalid";

    private static readonly string[] Telling = ["Reply-To", "Call-Info", "Organization", "User-Agent", "In-Reply-To", "Server"];

    /// <summary>Whether the sender asks to stay unnamed, by <c>Privacy: id</c> or <c>user</c>.</summary>
    public static bool IsAsked(SipMessage request) => request.Privacy?.Values.Any(value =>
        value.Equals("id", StringComparison.OrdinalIgnoreCase) || value.Equals("user", StringComparison.OrdinalIgnoreCase)) == true;

    /// <summary>Whether an address is the one that names nobody.</summary>
    public static bool IsAnonymous(SipUri uri) => string.Equals(uri.Aor, Aor, StringComparison.Ordinal);

    /// <summary>Takes from a request what says who sent it, or on which device (RFC 3323 section 5.3), and gives it the From of nobody.</summary>
    public static void Hide(SipMessage request, string tag)
    {
        foreach (var header in Telling)
        {
            request.Headers.Remove(header);
        }

        request.Headers.Set(SipHeaderId.From, $"\"Anonymous\" <{Aor}>;tag={tag}");
    }
}
