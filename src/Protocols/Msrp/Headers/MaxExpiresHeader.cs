using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

[Header(HeaderProtocol.Msrp, "Max-Expires")]
public readonly record struct MaxExpiresHeader(string Value)
{
    public static bool TryParse(ReadOnlySpan<byte> value, out MaxExpiresHeader header) => throw new NotImplementedException();
}
