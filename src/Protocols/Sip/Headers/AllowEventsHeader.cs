using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Allow-Events", Compact = "u", Cardinality = HeaderCardinality.Joined)]
public sealed class AllowEventsHeader : TokenListHeader
{
    public AllowEventsHeader(IReadOnlyList<string> values) : base(values) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out AllowEventsHeader? header)
    {
        throw new NotImplementedException();
    }
}
