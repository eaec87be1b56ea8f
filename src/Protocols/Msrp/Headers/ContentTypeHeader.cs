using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

[Header(HeaderProtocol.Msrp, "Content-Type")]
public readonly record struct ContentTypeHeader(string Value)
{
    public static bool TryParse(ReadOnlySpan<byte> value, out ContentTypeHeader header) => throw new NotImplementedException();
}
