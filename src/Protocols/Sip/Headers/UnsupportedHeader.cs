using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Unsupported", Cardinality = HeaderCardinality.Joined)]
public sealed class UnsupportedHeader : TokenListHeader
{
    public UnsupportedHeader(IReadOnlyList<string> values) : base(values) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out UnsupportedHeader? header)
    {
        throw new NotImplementedException();
    }
}
