using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "WWW-Authenticate", Cardinality = HeaderCardinality.Lines)]
public sealed class WWWAuthenticateHeader
{
    public string Scheme => throw new NotImplementedException();
    public DigestChallenge? Challenge => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out WWWAuthenticateHeader? header)
    {
        throw new NotImplementedException();
    }
}
