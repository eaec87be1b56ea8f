using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Call-ID", Compact = "i")]
public sealed class CallIdHeader : TextHeader
{
    public CallIdHeader(string value) : base(value) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out CallIdHeader? header)
    {
        throw new NotImplementedException();
    }
}
