using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Session-Expires", Compact = "x")]
public sealed class SessionExpiresHeader
{
    public int Seconds => throw new NotImplementedException();
    public string? Refresher => throw new NotImplementedException();
    public SipParameters Parameters => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out SessionExpiresHeader? header)
    {
        throw new NotImplementedException();
    }
}
