using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Timestamp")]
public sealed class TimestampHeader : TextHeader
{
    public TimestampHeader(string value) : base(value) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out TimestampHeader? header)
    {
        throw new NotImplementedException();
    }
}
