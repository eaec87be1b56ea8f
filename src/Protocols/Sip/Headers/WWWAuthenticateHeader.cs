using System.Diagnostics.CodeAnalysis;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>WWW-Authenticate = challenge: a challenge of a user agent server (RFC 3261 section 20.44); one line an algorithm, the preferred first (RFC 8760).</summary>
[Header(HeaderProtocol.Sip, "WWW-Authenticate", Cardinality = HeaderCardinality.Lines, Order = 35)]
public sealed class WWWAuthenticateHeader
{
    private readonly string _text;

    private WWWAuthenticateHeader(string scheme, DigestChallenge? challenge, string text)
    {
        Scheme = scheme;
        Challenge = challenge;
        _text = text;
    }

    /// <summary>The authentication scheme: "Digest" or another.</summary>
    public string Scheme { get; }

    /// <summary>The digest challenge; null for another scheme or an algorithm that is not known here.</summary>
    public DigestChallenge? Challenge { get; }

    /// <summary>Reads one line; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out WWWAuthenticateHeader? header)
    {
        header = DigestChallenge.TryParse(value, out var scheme, out var challenge)
            ? new WWWAuthenticateHeader(scheme, challenge, Encoding.UTF8.GetString(value))
            : null;
        return header is not null;
    }

    /// <summary>The value as it is written; one that is not understood as it came.</summary>
    public override string ToString() => Challenge?.ToString() ?? _text;
}
