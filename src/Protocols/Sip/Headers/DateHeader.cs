using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Date")]
public sealed class DateHeader
{
    public DateTimeOffset Value => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out DateHeader? header)
    {
        throw new NotImplementedException();
    }
}
