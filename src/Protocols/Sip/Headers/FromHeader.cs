using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>From = ( name-addr / addr-spec ) *( SEMI from-param ) (RFC 3261 section 20.20).</summary>
[Header(HeaderProtocol.Sip, "From", Compact = "f", Order = 40)]
public sealed class FromHeader : AddressHeader
{
    /// <summary>Composes a value.</summary>
    public FromHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out FromHeader? header)
    {
        header = TryParseAddress(value, out var address)
            ? new FromHeader(address.Uri, address.Parameters, address.DisplayName)
            : null;
        return header is not null;
    }
}
