using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Refer-Sub")]
public sealed class ReferSubHeader
{
    public bool Value => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ReferSubHeader? header)
    {
        throw new NotImplementedException();
    }
}
