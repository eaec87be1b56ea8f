using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Subject", Compact = "s")]
public sealed class SubjectHeader : TextHeader
{
    public SubjectHeader(string value) : base(value) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out SubjectHeader? header)
    {
        throw new NotImplementedException();
    }
}
