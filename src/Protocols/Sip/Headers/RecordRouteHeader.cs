using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Record-Route = rec-route *( COMMA rec-route ) (RFC 3261 section 20.30).</summary>
[Header(HeaderProtocol.Sip, "Record-Route", Cardinality = HeaderCardinality.List, Order = 20)]
public sealed class RecordRouteHeader : AddressHeader
{
    /// <summary>Composes a value.</summary>
    public RecordRouteHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out RecordRouteHeader? header)
    {
        header = TryParseAddress(value, out var address)
            ? new RecordRouteHeader(address.Uri, address.Parameters, address.DisplayName)
            : null;
        return header is not null;
    }
}
