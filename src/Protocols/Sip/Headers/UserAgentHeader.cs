using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "User-Agent")]
public sealed class UserAgentHeader : TextHeader
{
    public UserAgentHeader(string value) : base(value) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out UserAgentHeader? header)
    {
        throw new NotImplementedException();
    }
}
