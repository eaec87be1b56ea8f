using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Referred-By = referrer-uri *( SEMI (referredby-id-param / generic-param) ) (RFC 3892 section 3).</summary>
[Header(HeaderProtocol.Sip, "Referred-By", Compact = "b", Order = 61)]
public sealed class ReferredByHeader : AddressHeader
{
    /// <summary>Composes a value.</summary>
    public ReferredByHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ReferredByHeader? header)
    {
        header = TryParseAddress(value, out var address)
            ? new ReferredByHeader(address.Uri, address.Parameters, address.DisplayName)
            : null;
        return header is not null;
    }
}
