using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>Authentication-Info = "Authentication-Info:" SP ainfo *("," ainfo) (RFC 4976 section 7).</summary>
[Header(HeaderProtocol.Msrp, "Authentication-Info")]
public readonly record struct AuthenticationInfoHeader(string Value)
{
    /// <summary>Reads the value; false when it is empty.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out AuthenticationInfoHeader header)
    {
        header = new AuthenticationInfoHeader(Encoding.UTF8.GetString(value));
        return !value.IsEmpty;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Value;
}
