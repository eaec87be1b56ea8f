using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Expires")]
public sealed class ExpiresHeader : SecondsHeader
{
    public ExpiresHeader(int seconds) : base(seconds) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ExpiresHeader? header)
    {
        throw new NotImplementedException();
    }
}
