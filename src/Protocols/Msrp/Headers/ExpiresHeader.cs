using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

[Header(HeaderProtocol.Msrp, "Expires")]
public readonly record struct ExpiresHeader(string Value)
{
    public static bool TryParse(ReadOnlySpan<byte> value, out ExpiresHeader header) => throw new NotImplementedException();
}
