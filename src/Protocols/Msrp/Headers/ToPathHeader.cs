using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

[Header(HeaderProtocol.Msrp, "To-Path", Order = 0)]
public readonly record struct ToPathHeader(string Value)
{
    public static bool TryParse(ReadOnlySpan<byte> value, out ToPathHeader header) => throw new NotImplementedException();
}
