using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Replaces")]
public sealed class ReplacesHeader
{
    public string CallId => throw new NotImplementedException();
    public string ToTag => throw new NotImplementedException();
    public string FromTag => throw new NotImplementedException();
    public bool EarlyOnly => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ReplacesHeader? header)
    {
        throw new NotImplementedException();
    }
}
