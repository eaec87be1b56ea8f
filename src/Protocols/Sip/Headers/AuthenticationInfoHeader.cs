using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Authentication-Info")]
public sealed class AuthenticationInfoHeader
{
    public string? NextNonce => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out AuthenticationInfoHeader? header)
    {
        throw new NotImplementedException();
    }
}
