using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Min-Expires")]
public sealed class MinExpiresHeader : SecondsHeader
{
    public MinExpiresHeader(int seconds) : base(seconds) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out MinExpiresHeader? header)
    {
        throw new NotImplementedException();
    }
}
