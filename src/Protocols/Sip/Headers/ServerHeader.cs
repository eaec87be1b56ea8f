using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Server = server-val *( LWS server-val ) (RFC 3261 section 20.35), for people to read only.</summary>
[Header(HeaderProtocol.Sip, "Server")]
public sealed class ServerHeader : TextHeader
{
    /// <summary>Composes a value.</summary>
    public ServerHeader(string value)
        : base(value)
    {
    }

    /// <summary>Reads the value; control characters are left out.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ServerHeader? header)
    {
        header = new ServerHeader(PlainText.Read(value));
        return true;
    }
}
