using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Proxy-Authorization = credentials: credentials for a proxy (RFC 3261 section 20.28).</summary>
[Header(HeaderProtocol.Sip, "Proxy-Authorization", Cardinality = HeaderCardinality.Lines, Order = 35)]
public sealed class ProxyAuthorizationHeader
{
    private ProxyAuthorizationHeader(string scheme, DigestCredentials? credentials)
    {
        Scheme = scheme;
        Credentials = credentials;
    }

    /// <summary>The authentication scheme: "Digest" or another.</summary>
    public string Scheme { get; }

    /// <summary>The digest credentials; null for another scheme or an algorithm that is not known here.</summary>
    public DigestCredentials? Credentials { get; }

    /// <summary>Reads one line; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ProxyAuthorizationHeader? header)
    {
        header = DigestCredentials.TryParse(value, out var scheme, out var credentials) ? new ProxyAuthorizationHeader(scheme, credentials) : null;
        return header is not null;
    }

    /// <summary>The value as it is written; the scheme alone when it is not one that is known here.</summary>
    public override string ToString() => Credentials?.ToString() ?? Scheme;
}
