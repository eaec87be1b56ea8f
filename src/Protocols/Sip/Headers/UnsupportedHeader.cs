using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Unsupported = option-tag *( COMMA option-tag ) (RFC 3261 section 20.40).</summary>
[Header(HeaderProtocol.Sip, "Unsupported", Cardinality = HeaderCardinality.Joined)]
public sealed class UnsupportedHeader : TokenListHeader
{
    /// <summary>Composes a value.</summary>
    public UnsupportedHeader(IReadOnlyList<string> values)
        : base(values)
    {
    }

    /// <summary>Reads the list, which may be empty; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out UnsupportedHeader? header)
    {
        header = TryReadTokens(value, (byte)',', out var tokens) ? new UnsupportedHeader(tokens) : null;
        return header is not null;
    }
}
