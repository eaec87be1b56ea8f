using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>P-Asserted-Identity = PAssertedID-value *( COMMA PAssertedID-value ) (RFC 3325 section 9.1).</summary>
[Header(HeaderProtocol.Sip, "P-Asserted-Identity", Cardinality = HeaderCardinality.List, Order = 70)]
public sealed class PAssertedIdentityHeader : AddressHeader
{
    /// <summary>Composes a value.</summary>
    public PAssertedIdentityHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out PAssertedIdentityHeader? header)
    {
        header = TryParseAddress(value, out var address)
            ? new PAssertedIdentityHeader(address.Uri, address.Parameters, address.DisplayName)
            : null;
        return header is not null;
    }
}
