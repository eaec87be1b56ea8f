using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

[Header(HeaderProtocol.Msrp, "Content-Description")]
public readonly record struct ContentDescriptionHeader(string Value)
{
    public static bool TryParse(ReadOnlySpan<byte> value, out ContentDescriptionHeader header) => throw new NotImplementedException();
}
