using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Route", Cardinality = HeaderCardinality.List)]
public sealed class RouteHeader : AddressHeader
{
    public RouteHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }


    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out RouteHeader? header)
    {
        throw new NotImplementedException();
    }
}
