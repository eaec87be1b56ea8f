using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>Content-ID = "Content-ID:" SP msg-id (RFC 2045 section 7), one of Mime-Header.</summary>
[Header(HeaderProtocol.Msrp, "Content-ID", Order = 200)]
public readonly record struct ContentIdHeader(string Value)
{
    /// <summary>Reads the value; false when it is empty.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out ContentIdHeader header)
    {
        header = new ContentIdHeader(Encoding.UTF8.GetString(value));
        return !value.IsEmpty;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Value;
}
