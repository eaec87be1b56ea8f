using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Referred-By", Compact = "b")]
public sealed class ReferredByHeader : AddressHeader
{
    public ReferredByHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }


    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ReferredByHeader? header)
    {
        throw new NotImplementedException();
    }
}
