using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Record-Route", Cardinality = HeaderCardinality.List)]
public sealed class RecordRouteHeader : AddressHeader
{
    public RecordRouteHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }


    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out RecordRouteHeader? header)
    {
        throw new NotImplementedException();
    }
}
