using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>P-Associated-URI = [ p-aso-uri-spec *( COMMA p-aso-uri-spec ) ] (RFC 7315 section 4.1).</summary>
[Header(HeaderProtocol.Sip, "P-Associated-URI", Cardinality = HeaderCardinality.List, Order = 72)]
public sealed class PAssociatedUriHeader : AddressHeader
{
    /// <summary>Composes a value.</summary>
    public PAssociatedUriHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out PAssociatedUriHeader? header)
    {
        header = TryParseAddress(value, out var address)
            ? new PAssociatedUriHeader(address.Uri, address.Parameters, address.DisplayName)
            : null;
        return header is not null;
    }
}
