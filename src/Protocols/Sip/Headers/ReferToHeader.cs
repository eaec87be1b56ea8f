using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Refer-To", Compact = "r")]
public sealed class ReferToHeader : AddressHeader
{
    public ReferToHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }


    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ReferToHeader? header)
    {
        throw new NotImplementedException();
    }
}
