using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "P-Preferred-Identity", Cardinality = HeaderCardinality.List)]
public sealed class PPreferredIdentityHeader : AddressHeader
{
    public PPreferredIdentityHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }


    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out PPreferredIdentityHeader? header)
    {
        throw new NotImplementedException();
    }
}
