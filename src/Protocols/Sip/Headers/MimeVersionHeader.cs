using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "MIME-Version")]
public sealed class MimeVersionHeader : TextHeader
{
    public MimeVersionHeader(string value) : base(value) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out MimeVersionHeader? header)
    {
        throw new NotImplementedException();
    }
}
