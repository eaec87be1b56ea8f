using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>Content-Description = "Content-Description:" SP *text (RFC 2045 section 8), one of Mime-Header.</summary>
[Header(HeaderProtocol.Msrp, "Content-Description", Order = 200)]
public readonly record struct ContentDescriptionHeader(string Value)
{
    /// <summary>Reads the value; false when it is empty.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out ContentDescriptionHeader header)
    {
        header = new ContentDescriptionHeader(Encoding.UTF8.GetString(value));
        return !value.IsEmpty;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Value;
}
