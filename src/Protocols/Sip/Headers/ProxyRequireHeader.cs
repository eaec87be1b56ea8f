using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Proxy-Require", Cardinality = HeaderCardinality.Joined)]
public sealed class ProxyRequireHeader : TokenListHeader
{
    public ProxyRequireHeader(IReadOnlyList<string> values) : base(values) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ProxyRequireHeader? header)
    {
        throw new NotImplementedException();
    }
}
