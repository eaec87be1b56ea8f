using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

[Header(HeaderProtocol.Msrp, "Message-ID")]
public readonly record struct MessageIdHeader(string Value)
{
    public static bool TryParse(ReadOnlySpan<byte> value, out MessageIdHeader header) => throw new NotImplementedException();
}
