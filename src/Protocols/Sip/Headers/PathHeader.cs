using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Path = path-value *( COMMA path-value ) (RFC 3327 section 4).</summary>
[Header(HeaderProtocol.Sip, "Path", Cardinality = HeaderCardinality.List, Order = 21)]
public sealed class PathHeader : AddressHeader
{
    /// <summary>Composes a value.</summary>
    public PathHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out PathHeader? header)
    {
        header = TryParseAddress(value, out var address)
            ? new PathHeader(address.Uri, address.Parameters, address.DisplayName)
            : null;
        return header is not null;
    }
}
