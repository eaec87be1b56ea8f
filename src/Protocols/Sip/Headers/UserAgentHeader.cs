using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>User-Agent = server-val *( LWS server-val ) (RFC 3261 section 20.41), for people to read only.</summary>
[Header(HeaderProtocol.Sip, "User-Agent")]
public sealed class UserAgentHeader : TextHeader
{
    /// <summary>Composes a value.</summary>
    public UserAgentHeader(string value)
        : base(value)
    {
    }

    /// <summary>Reads the value; control characters are left out.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out UserAgentHeader? header)
    {
        header = new UserAgentHeader(PlainText.Read(value));
        return true;
    }
}
