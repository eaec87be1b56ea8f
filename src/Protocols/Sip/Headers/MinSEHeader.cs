using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Min-SE")]
public sealed class MinSEHeader : SecondsHeader
{
    public MinSEHeader(int seconds) : base(seconds) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out MinSEHeader? header)
    {
        throw new NotImplementedException();
    }
}
