using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Retry-After")]
public sealed class RetryAfterHeader
{
    public int Seconds => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out RetryAfterHeader? header)
    {
        throw new NotImplementedException();
    }
}
