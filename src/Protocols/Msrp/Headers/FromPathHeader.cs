using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>From-Path = "From-Path:" SP MSRP-URI *( SP MSRP-URI ) (RFC 4975 section 9); the second header of every frame.</summary>
[Header(HeaderProtocol.Msrp, "From-Path", Order = 1)]
public readonly record struct FromPathHeader(string Value)
{
    /// <summary>Reads the value; false when it is empty.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out FromPathHeader header)
    {
        header = new FromPathHeader(Encoding.UTF8.GetString(value));
        return !value.IsEmpty;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Value;
}
