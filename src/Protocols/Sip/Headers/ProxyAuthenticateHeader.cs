using System.Diagnostics.CodeAnalysis;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Proxy-Authenticate = challenge: a challenge of a proxy (RFC 3261 section 20.27); one line an algorithm, the preferred first (RFC 8760).</summary>
[Header(HeaderProtocol.Sip, "Proxy-Authenticate", Cardinality = HeaderCardinality.Lines, Order = 35)]
public sealed class ProxyAuthenticateHeader
{
    private readonly string _text;

    private ProxyAuthenticateHeader(string scheme, DigestChallenge? challenge, string text)
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
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ProxyAuthenticateHeader? header)
    {
        header = DigestChallenge.TryParse(value, out var scheme, out var challenge)
            ? new ProxyAuthenticateHeader(scheme, challenge, Encoding.UTF8.GetString(value))
            : null;
        return header is not null;
    }

    /// <summary>The value as it is written; one that is not understood as it came.</summary>
    public override string ToString() => Challenge?.ToString() ?? _text;
}
