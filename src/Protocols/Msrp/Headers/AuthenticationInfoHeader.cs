using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

[Header(HeaderProtocol.Msrp, "Authentication-Info")]
public readonly record struct AuthenticationInfoHeader(string Value)
{
    public static bool TryParse(ReadOnlySpan<byte> value, out AuthenticationInfoHeader header) => throw new NotImplementedException();
}
