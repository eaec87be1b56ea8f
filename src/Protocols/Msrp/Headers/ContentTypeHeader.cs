using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>Content-Type = "Content-Type:" SP media-type (RFC 4975 section 9); the last header before the body.</summary>
[Header(HeaderProtocol.Msrp, "Content-Type", Order = 250)]
public readonly record struct ContentTypeHeader(string Value)
{
    /// <summary>Reads the value; false when it is empty.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out ContentTypeHeader header)
    {
        header = new ContentTypeHeader(Encoding.UTF8.GetString(value));
        return !value.IsEmpty;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Value;
}
