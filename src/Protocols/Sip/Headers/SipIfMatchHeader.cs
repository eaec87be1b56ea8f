using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "SIP-If-Match")]
public sealed class SipIfMatchHeader : TextHeader
{
    public SipIfMatchHeader(string value) : base(value) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out SipIfMatchHeader? header)
    {
        throw new NotImplementedException();
    }
}
