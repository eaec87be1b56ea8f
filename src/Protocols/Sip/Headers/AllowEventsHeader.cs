using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Allow-Events = event-type *( COMMA event-type ) (RFC 6665 section 8.2.2).</summary>
[Header(HeaderProtocol.Sip, "Allow-Events", Compact = "u", Cardinality = HeaderCardinality.Joined)]
public sealed class AllowEventsHeader : TokenListHeader
{
    /// <summary>Composes a value.</summary>
    public AllowEventsHeader(IReadOnlyList<string> values)
        : base(values)
    {
    }

    /// <summary>Reads the list, which may be empty; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out AllowEventsHeader? header)
    {
        header = TryReadTokens(value, (byte)',', out var tokens) ? new AllowEventsHeader(tokens) : null;
        return header is not null;
    }
}
