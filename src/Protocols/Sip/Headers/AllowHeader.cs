using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Allow = [ Method *( COMMA Method ) ] (RFC 3261 section 20.5).</summary>
[Header(HeaderProtocol.Sip, "Allow", Cardinality = HeaderCardinality.Joined)]
public sealed class AllowHeader : TokenListHeader
{
    /// <summary>Composes a value.</summary>
    public AllowHeader(IReadOnlyList<string> values)
        : base(values)
    {
    }

    /// <summary>Reads the list, which may be empty; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out AllowHeader? header)
    {
        header = TryReadTokens(value, (byte)',', out var tokens) ? new AllowHeader(tokens) : null;
        return header is not null;
    }
}
