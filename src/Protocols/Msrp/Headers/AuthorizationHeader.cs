using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

[Header(HeaderProtocol.Msrp, "Authorization")]
public readonly record struct AuthorizationHeader(string Value)
{
    public static bool TryParse(ReadOnlySpan<byte> value, out AuthorizationHeader header) => throw new NotImplementedException();
}
