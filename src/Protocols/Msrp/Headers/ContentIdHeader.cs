using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

[Header(HeaderProtocol.Msrp, "Content-ID")]
public readonly record struct ContentIdHeader(string Value)
{
    public static bool TryParse(ReadOnlySpan<byte> value, out ContentIdHeader header) => throw new NotImplementedException();
}
