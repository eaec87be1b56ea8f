using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Event", Compact = "o")]
public sealed class EventHeader
{
    public string Package => throw new NotImplementedException();
    public string? Id => throw new NotImplementedException();
    public SipParameters Parameters => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out EventHeader? header)
    {
        throw new NotImplementedException();
    }
}
