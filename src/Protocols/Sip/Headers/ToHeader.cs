using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>To = ( name-addr / addr-spec ) *( SEMI to-param ) (RFC 3261 section 20.39).</summary>
[Header(HeaderProtocol.Sip, "To", Compact = "t", Order = 41)]
public sealed class ToHeader : AddressHeader
{
    /// <summary>Composes a value.</summary>
    public ToHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ToHeader? header)
    {
        header = TryParseAddress(value, out var address)
            ? new ToHeader(address.Uri, address.Parameters, address.DisplayName)
            : null;
        return header is not null;
    }
}
