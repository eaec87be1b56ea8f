using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Proxy-Authenticate", Cardinality = HeaderCardinality.Lines)]
public sealed class ProxyAuthenticateHeader
{
    public string Scheme => throw new NotImplementedException();
    public DigestChallenge? Challenge => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ProxyAuthenticateHeader? header)
    {
        throw new NotImplementedException();
    }
}
