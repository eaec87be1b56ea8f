using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>Authentication-Info = "Authentication-Info:" SP ainfo *("," ainfo) (RFC 4976 section 7).</summary>
[Header(HeaderProtocol.Msrp, "Authentication-Info")]
public readonly record struct AuthenticationInfoHeader(string Value)
{
    /// <summary>The nonce to use from now on; null when none is given.</summary>
    public string? NextNonce => Parameter("nextnonce");

    /// <summary>The relay's proof that it knows the secret, hexadecimal; null when none is given.</summary>
    public string? ResponseAuth => Parameter("rspauth");

    /// <summary>Reads the value; false when it is empty.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out AuthenticationInfoHeader header)
    {
        header = new AuthenticationInfoHeader(Encoding.UTF8.GetString(value));
        return !value.IsEmpty;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Value;

    private string? Parameter(string name) => AuthParameters.TryParse(Encoding.UTF8.GetBytes(Value), out var parameters) ? parameters[name] : null;
}
