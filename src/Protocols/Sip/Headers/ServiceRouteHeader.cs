using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Service-Route", Cardinality = HeaderCardinality.List)]
public sealed class ServiceRouteHeader : AddressHeader
{
    public ServiceRouteHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }


    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ServiceRouteHeader? header)
    {
        throw new NotImplementedException();
    }
}
