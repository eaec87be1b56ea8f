using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Allow", Cardinality = HeaderCardinality.Joined)]
public sealed class AllowHeader : TokenListHeader
{
    public AllowHeader(IReadOnlyList<string> values) : base(values) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out AllowHeader? header)
    {
        throw new NotImplementedException();
    }
}
