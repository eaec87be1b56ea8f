using System.Diagnostics.CodeAnalysis;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Proxy-Authorization = credentials: credentials for a proxy (RFC 3261 section 20.28).</summary>
[Header(HeaderProtocol.Sip, "Proxy-Authorization", Cardinality = HeaderCardinality.Lines, Order = 35)]
public sealed class ProxyAuthorizationHeader
{
    private readonly string _text;

    private ProxyAuthorizationHeader(string scheme, DigestCredentials? credentials, string text)
    {
        Scheme = scheme;
        Credentials = credentials;
        _text = text;
    }

    /// <summary>The authentication scheme: "Digest" or another.</summary>
    public string Scheme { get; }

    /// <summary>The digest credentials; null for another scheme or an algorithm that is not known here.</summary>
    public DigestCredentials? Credentials { get; }

    /// <summary>Reads one line; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ProxyAuthorizationHeader? header)
    {
        header = DigestCredentials.TryParse(value, out var scheme, out var credentials)
            ? new ProxyAuthorizationHeader(scheme, credentials, Encoding.UTF8.GetString(value))
            : null;
        return header is not null;
    }

    /// <summary>The value as it is written; one that is not understood as it came.</summary>
    public override string ToString() => Credentials?.ToString() ?? _text;
}
