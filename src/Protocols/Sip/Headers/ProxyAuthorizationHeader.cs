using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Proxy-Authorization", Cardinality = HeaderCardinality.Lines)]
public sealed class ProxyAuthorizationHeader
{
    public string Scheme => throw new NotImplementedException();
    public DigestCredentials? Credentials => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ProxyAuthorizationHeader? header)
    {
        throw new NotImplementedException();
    }
}
