using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Content-Encoding = content-coding *( COMMA content-coding ) (RFC 3261 section 20.12).</summary>
[Header(HeaderProtocol.Sip, "Content-Encoding", Compact = "e", Cardinality = HeaderCardinality.Joined, Order = 202)]
public sealed class ContentEncodingHeader : TokenListHeader
{
    /// <summary>Composes a value.</summary>
    public ContentEncodingHeader(IReadOnlyList<string> values)
        : base(values)
    {
    }

    /// <summary>Reads the list, which may be empty; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ContentEncodingHeader? header)
    {
        header = TryReadTokens(value, (byte)',', out var tokens) ? new ContentEncodingHeader(tokens) : null;
        return header is not null;
    }
}
