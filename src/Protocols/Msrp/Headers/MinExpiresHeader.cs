using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

[Header(HeaderProtocol.Msrp, "Min-Expires")]
public readonly record struct MinExpiresHeader(string Value)
{
    public static bool TryParse(ReadOnlySpan<byte> value, out MinExpiresHeader header) => throw new NotImplementedException();
}
