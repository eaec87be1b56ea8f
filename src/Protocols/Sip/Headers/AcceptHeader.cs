using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Accept", Cardinality = HeaderCardinality.Joined)]
public sealed class AcceptHeader : TokenListHeader
{
    public AcceptHeader(IReadOnlyList<string> values) : base(values) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out AcceptHeader? header)
    {
        throw new NotImplementedException();
    }
}
