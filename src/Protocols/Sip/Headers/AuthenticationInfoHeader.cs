using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Authentication-Info = ainfo *( COMMA ainfo ) (RFC 3261 section 20.6).</summary>
[Header(HeaderProtocol.Sip, "Authentication-Info")]
public sealed class AuthenticationInfoHeader
{
    private AuthenticationInfoHeader(AuthParameters parameters)
    {
        NextNonce = parameters["nextnonce"];
        ResponseAuth = parameters["rspauth"];
    }

    /// <summary>The nonce to use from now on; null when none is given.</summary>
    public string? NextNonce { get; }

    /// <summary>The server's proof that it knows the secret, hexadecimal; null when none is given.</summary>
    public string? ResponseAuth { get; }

    /// <summary>Reads the value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out AuthenticationInfoHeader? header)
    {
        header = AuthParameters.TryParse(value, out var parameters) ? new AuthenticationInfoHeader(parameters) : null;
        return header is not null;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString()
    {
        var builder = new AuthParameters.Writer("");
        builder.Quoted("nextnonce", NextNonce);
        builder.Quoted("rspauth", ResponseAuth);
        return builder.ToString();
    }
}
