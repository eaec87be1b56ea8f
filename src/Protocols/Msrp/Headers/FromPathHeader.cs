using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

[Header(HeaderProtocol.Msrp, "From-Path", Order = 1)]
public readonly record struct FromPathHeader(string Value)
{
    public static bool TryParse(ReadOnlySpan<byte> value, out FromPathHeader header) => throw new NotImplementedException();
}
