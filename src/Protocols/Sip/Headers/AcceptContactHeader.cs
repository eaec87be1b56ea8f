using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Accept-Contact", Compact = "a", Cardinality = HeaderCardinality.List)]
public sealed class AcceptContactHeader
{
    public SipParameters Parameters => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out AcceptContactHeader? header)
    {
        throw new NotImplementedException();
    }
}
