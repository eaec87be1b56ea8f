using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Route = route-param *( COMMA route-param ) (RFC 3261 section 20.34).</summary>
[Header(HeaderProtocol.Sip, "Route", Cardinality = HeaderCardinality.List, Order = 10)]
public sealed class RouteHeader : AddressHeader
{
    /// <summary>Composes a value.</summary>
    public RouteHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out RouteHeader? header)
    {
        header = TryParseAddress(value, out var address)
            ? new RouteHeader(address.Uri, address.Parameters, address.DisplayName)
            : null;
        return header is not null;
    }
}
