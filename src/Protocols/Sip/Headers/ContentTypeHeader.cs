using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Content-Type", Compact = "c")]
public sealed class ContentTypeHeader
{
    public string MediaType => throw new NotImplementedException();
    public SipParameters Parameters => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ContentTypeHeader? header)
    {
        throw new NotImplementedException();
    }
}
