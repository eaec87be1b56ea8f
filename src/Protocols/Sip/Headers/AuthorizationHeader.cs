using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Authorization = credentials: credentials for a user agent server (RFC 3261 section 20.7).</summary>
[Header(HeaderProtocol.Sip, "Authorization", Cardinality = HeaderCardinality.Lines, Order = 35)]
public sealed class AuthorizationHeader
{
    private AuthorizationHeader(string scheme, DigestCredentials? credentials)
    {
        Scheme = scheme;
        Credentials = credentials;
    }

    /// <summary>The authentication scheme: "Digest" or another.</summary>
    public string Scheme { get; }

    /// <summary>The digest credentials; null for another scheme or an algorithm that is not known here.</summary>
    public DigestCredentials? Credentials { get; }

    /// <summary>Reads one line; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out AuthorizationHeader? header)
    {
        header = DigestCredentials.TryParse(value, out var scheme, out var credentials) ? new AuthorizationHeader(scheme, credentials) : null;
        return header is not null;
    }

    /// <summary>The value as it is written; the scheme alone when it is not one that is known here.</summary>
    public override string ToString() => Credentials?.ToString() ?? Scheme;
}
