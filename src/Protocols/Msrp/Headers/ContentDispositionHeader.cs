using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

[Header(HeaderProtocol.Msrp, "Content-Disposition")]
public readonly record struct ContentDispositionHeader(string Value)
{
    public static bool TryParse(ReadOnlySpan<byte> value, out ContentDispositionHeader header) => throw new NotImplementedException();
}
