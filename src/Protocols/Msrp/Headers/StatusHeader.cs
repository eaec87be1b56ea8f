using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

[Header(HeaderProtocol.Msrp, "Status")]
public readonly record struct StatusHeader(string Value)
{
    public static bool TryParse(ReadOnlySpan<byte> value, out StatusHeader header) => throw new NotImplementedException();
}
