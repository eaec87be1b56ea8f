using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Require = option-tag *( COMMA option-tag ) (RFC 3261 section 20.32).</summary>
[Header(HeaderProtocol.Sip, "Require", Cardinality = HeaderCardinality.Joined)]
public sealed class RequireHeader : TokenListHeader
{
    /// <summary>Composes a value.</summary>
    public RequireHeader(IReadOnlyList<string> values)
        : base(values)
    {
    }

    /// <summary>Reads the list, which may be empty; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out RequireHeader? header)
    {
        header = TryReadTokens(value, (byte)',', out var tokens) ? new RequireHeader(tokens) : null;
        return header is not null;
    }
}
