using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Require", Cardinality = HeaderCardinality.Joined)]
public sealed class RequireHeader : TokenListHeader
{
    public RequireHeader(IReadOnlyList<string> values) : base(values) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out RequireHeader? header)
    {
        throw new NotImplementedException();
    }
}
