using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Refer-To = ( name-addr / addr-spec ) *( SEMI generic-param ) (RFC 3515 section 2.1).</summary>
[Header(HeaderProtocol.Sip, "Refer-To", Compact = "r", Order = 60)]
public sealed class ReferToHeader : AddressHeader
{
    /// <summary>Composes a value.</summary>
    public ReferToHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ReferToHeader? header)
    {
        header = TryParseAddress(value, out var address)
            ? new ReferToHeader(address.Uri, address.Parameters, address.DisplayName)
            : null;
        return header is not null;
    }
}
