using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Content-Disposition")]
public sealed class ContentDispositionHeader
{
    public string Disposition => throw new NotImplementedException();
    public SipParameters Parameters => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ContentDispositionHeader? header)
    {
        throw new NotImplementedException();
    }
}
