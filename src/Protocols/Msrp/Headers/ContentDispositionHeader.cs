using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>Content-Disposition = "Content-Disposition:" SP disposition (RFC 2183), one of Mime-Header.</summary>
[Header(HeaderProtocol.Msrp, "Content-Disposition", Order = 200)]
public readonly record struct ContentDispositionHeader(string Value)
{
    /// <summary>Reads the value; false when it is empty.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out ContentDispositionHeader header)
    {
        header = new ContentDispositionHeader(Encoding.UTF8.GetString(value));
        return !value.IsEmpty;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Value;
}
