using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>P-Preferred-Identity = PPreferredID-value *( COMMA PPreferredID-value ) (RFC 3325 section 9.2).</summary>
[Header(HeaderProtocol.Sip, "P-Preferred-Identity", Cardinality = HeaderCardinality.List, Order = 71)]
public sealed class PPreferredIdentityHeader : AddressHeader
{
    /// <summary>Composes a value.</summary>
    public PPreferredIdentityHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out PPreferredIdentityHeader? header)
    {
        header = TryParseAddress(value, out var address)
            ? new PPreferredIdentityHeader(address.Uri, address.Parameters, address.DisplayName)
            : null;
        return header is not null;
    }
}
