using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>To-Path = "To-Path:" SP MSRP-URI *( SP MSRP-URI ) (RFC 4975 section 9); the first header of every frame.</summary>
[Header(HeaderProtocol.Msrp, "To-Path", Order = 0)]
public readonly record struct ToPathHeader(string Value)
{
    /// <summary>Reads the value; false when it is empty.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out ToPathHeader header)
    {
        header = new ToPathHeader(Encoding.UTF8.GetString(value));
        return !value.IsEmpty;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Value;
}
