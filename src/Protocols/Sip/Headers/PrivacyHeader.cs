using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Privacy", Cardinality = HeaderCardinality.Joined)]
public sealed class PrivacyHeader : TokenListHeader
{
    public PrivacyHeader(IReadOnlyList<string> values) : base(values) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out PrivacyHeader? header)
    {
        throw new NotImplementedException();
    }
}
