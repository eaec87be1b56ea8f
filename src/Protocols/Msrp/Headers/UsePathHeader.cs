using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>Use-Path = "Use-Path:" SP MSRP-URI *( SP MSRP-URI ) (RFC 4976 section 7).</summary>
[Header(HeaderProtocol.Msrp, "Use-Path")]
public readonly record struct UsePathHeader(string Value)
{
    /// <summary>Reads the value; false when it is empty.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out UsePathHeader header)
    {
        header = new UsePathHeader(Encoding.UTF8.GetString(value));
        return !value.IsEmpty;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Value;
}
