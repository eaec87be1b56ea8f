using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Content-Encoding", Compact = "e", Cardinality = HeaderCardinality.Joined)]
public sealed class ContentEncodingHeader : TokenListHeader
{
    public ContentEncodingHeader(IReadOnlyList<string> values) : base(values) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ContentEncodingHeader? header)
    {
        throw new NotImplementedException();
    }
}
