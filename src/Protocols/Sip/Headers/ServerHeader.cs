using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Server")]
public sealed class ServerHeader : TextHeader
{
    public ServerHeader(string value) : base(value) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ServerHeader? header)
    {
        throw new NotImplementedException();
    }
}
