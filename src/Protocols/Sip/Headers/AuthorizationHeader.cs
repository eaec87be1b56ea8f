using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Authorization", Cardinality = HeaderCardinality.Lines)]
public sealed class AuthorizationHeader
{
    public string Scheme => throw new NotImplementedException();
    public DigestCredentials? Credentials => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out AuthorizationHeader? header)
    {
        throw new NotImplementedException();
    }
}
