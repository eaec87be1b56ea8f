using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Content-Length", Compact = "l")]
public sealed class ContentLengthHeader : NumberHeader
{
    public ContentLengthHeader(int value) : base(value) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ContentLengthHeader? header)
    {
        throw new NotImplementedException();
    }
}
