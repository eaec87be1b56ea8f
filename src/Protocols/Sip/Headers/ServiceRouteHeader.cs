using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Service-Route = sr-value *( COMMA sr-value ) (RFC 3608 section 5).</summary>
[Header(HeaderProtocol.Sip, "Service-Route", Cardinality = HeaderCardinality.List, Order = 51)]
public sealed class ServiceRouteHeader : AddressHeader
{
    /// <summary>Composes a value.</summary>
    public ServiceRouteHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ServiceRouteHeader? header)
    {
        header = TryParseAddress(value, out var address)
            ? new ServiceRouteHeader(address.Uri, address.Parameters, address.DisplayName)
            : null;
        return header is not null;
    }
}
