using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Reject-Contact", Compact = "j", Cardinality = HeaderCardinality.List)]
public sealed class RejectContactHeader
{
    public SipParameters Parameters => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out RejectContactHeader? header)
    {
        throw new NotImplementedException();
    }
}
