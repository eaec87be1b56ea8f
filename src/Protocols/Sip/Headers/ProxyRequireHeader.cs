using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Proxy-Require = option-tag *( COMMA option-tag ) (RFC 3261 section 20.29).</summary>
[Header(HeaderProtocol.Sip, "Proxy-Require", Cardinality = HeaderCardinality.Joined, Order = 25)]
public sealed class ProxyRequireHeader : TokenListHeader
{
    /// <summary>Composes a value.</summary>
    public ProxyRequireHeader(IReadOnlyList<string> values)
        : base(values)
    {
    }

    /// <summary>Reads the list, which may be empty; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ProxyRequireHeader? header)
    {
        header = TryReadTokens(value, (byte)',', out var tokens) ? new ProxyRequireHeader(tokens) : null;
        return header is not null;
    }
}
