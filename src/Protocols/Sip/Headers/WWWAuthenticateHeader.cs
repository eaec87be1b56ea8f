using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>WWW-Authenticate = challenge: a challenge of a user agent server (RFC 3261 section 20.44); one line an algorithm, the preferred first (RFC 8760).</summary>
[Header(HeaderProtocol.Sip, "WWW-Authenticate", Cardinality = HeaderCardinality.Lines, Order = 35)]
public sealed class WWWAuthenticateHeader
{
    private WWWAuthenticateHeader(string scheme, DigestChallenge? challenge)
    {
        Scheme = scheme;
        Challenge = challenge;
    }

    /// <summary>The authentication scheme: "Digest" or another.</summary>
    public string Scheme { get; }

    /// <summary>The digest challenge; null for another scheme or an algorithm that is not known here.</summary>
    public DigestChallenge? Challenge { get; }

    /// <summary>Reads one line; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out WWWAuthenticateHeader? header)
    {
        header = DigestChallenge.TryParse(value, out var scheme, out var challenge) ? new WWWAuthenticateHeader(scheme, challenge) : null;
        return header is not null;
    }

    /// <summary>The value as it is written; the scheme alone when it is not one that is known here.</summary>
    public override string ToString() => Challenge?.ToString() ?? Scheme;
}
