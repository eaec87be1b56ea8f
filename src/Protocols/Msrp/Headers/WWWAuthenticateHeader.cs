using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

[Header(HeaderProtocol.Msrp, "WWW-Authenticate")]
public readonly record struct WWWAuthenticateHeader(string Value)
{
    public static bool TryParse(ReadOnlySpan<byte> value, out WWWAuthenticateHeader header) => throw new NotImplementedException();
}
