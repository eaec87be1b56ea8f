using System.Diagnostics.CodeAnalysis;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Authorization = credentials: credentials for a user agent server (RFC 3261 section 20.7).</summary>
[Header(HeaderProtocol.Sip, "Authorization", Cardinality = HeaderCardinality.Lines, Order = 35)]
public sealed class AuthorizationHeader
{
    private readonly string _text;

    private AuthorizationHeader(string scheme, DigestCredentials? credentials, string text)
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
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out AuthorizationHeader? header)
    {
        header = DigestCredentials.TryParse(value, out var scheme, out var credentials)
            ? new AuthorizationHeader(scheme, credentials, Encoding.UTF8.GetString(value))
            : null;
        return header is not null;
    }

    /// <summary>The value as it is written; one that is not understood as it came.</summary>
    public override string ToString() => Credentials?.ToString() ?? _text;
}
