using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Supported", Compact = "k", Cardinality = HeaderCardinality.Joined)]
public sealed class SupportedHeader : TokenListHeader
{
    public SupportedHeader(IReadOnlyList<string> values) : base(values) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out SupportedHeader? header)
    {
        throw new NotImplementedException();
    }
}
