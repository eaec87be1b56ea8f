using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Supported = [ option-tag *( COMMA option-tag ) ] (RFC 3261 section 20.37).</summary>
[Header(HeaderProtocol.Sip, "Supported", Compact = "k", Cardinality = HeaderCardinality.Joined)]
public sealed class SupportedHeader : TokenListHeader
{
    /// <summary>Composes a value.</summary>
    public SupportedHeader(IReadOnlyList<string> values)
        : base(values)
    {
    }

    /// <summary>Reads the list, which may be empty; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out SupportedHeader? header)
    {
        header = TryReadTokens(value, (byte)',', out var tokens) ? new SupportedHeader(tokens) : null;
        return header is not null;
    }
}
