using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "P-Asserted-Identity", Cardinality = HeaderCardinality.List)]
public sealed class PAssertedIdentityHeader : AddressHeader
{
    public PAssertedIdentityHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }


    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out PAssertedIdentityHeader? header)
    {
        throw new NotImplementedException();
    }
}
