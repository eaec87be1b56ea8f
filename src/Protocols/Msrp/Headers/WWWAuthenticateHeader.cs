using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>WWW-Authenticate = "WWW-Authenticate:" SP "Digest" SP digest-param *("," digest-param) (RFC 4976 section 7).</summary>
[Header(HeaderProtocol.Msrp, "WWW-Authenticate")]
public readonly record struct WWWAuthenticateHeader(string Value)
{
    /// <summary>The challenge; null when it is of another scheme or algorithm, or a piece of it is missing.</summary>
    public DigestChallenge? Challenge => DigestChallenge.TryParse(Encoding.UTF8.GetBytes(Value), out _, out var challenge) ? challenge : null;

    /// <summary>Reads the value; false when it is empty.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out WWWAuthenticateHeader header)
    {
        header = new WWWAuthenticateHeader(Encoding.UTF8.GetString(value));
        return !value.IsEmpty;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Value;
}
