using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>Authorization = "Authorization:" SP credentials (RFC 4976 section 7).</summary>
[Header(HeaderProtocol.Msrp, "Authorization")]
public readonly record struct AuthorizationHeader(string Value)
{
    /// <summary>Reads the value; false when it is empty.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out AuthorizationHeader header)
    {
        header = new AuthorizationHeader(Encoding.UTF8.GetString(value));
        return !value.IsEmpty;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Value;
}
