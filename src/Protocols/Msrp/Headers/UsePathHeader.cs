using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

[Header(HeaderProtocol.Msrp, "Use-Path")]
public readonly record struct UsePathHeader(string Value)
{
    public static bool TryParse(ReadOnlySpan<byte> value, out UsePathHeader header) => throw new NotImplementedException();
}
