using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "SIP-ETag")]
public sealed class SipETagHeader : TextHeader
{
    public SipETagHeader(string value) : base(value) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out SipETagHeader? header)
    {
        throw new NotImplementedException();
    }
}
