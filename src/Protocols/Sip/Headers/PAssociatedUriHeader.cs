using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "P-Associated-URI", Cardinality = HeaderCardinality.List)]
public sealed class PAssociatedUriHeader : AddressHeader
{
    public PAssociatedUriHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }


    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out PAssociatedUriHeader? header)
    {
        throw new NotImplementedException();
    }
}
