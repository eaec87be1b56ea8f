using System.Diagnostics.CodeAnalysis;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>SIP-If-Match = entity-tag (RFC 3903 section 11.3.2).</summary>
[Header(HeaderProtocol.Sip, "SIP-If-Match")]
public sealed class SipIfMatchHeader : TextHeader
{
    /// <summary>Composes a value.</summary>
    public SipIfMatchHeader(string value)
        : base(value)
    {
    }

    /// <summary>Reads the value; false when it is not a token.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out SipIfMatchHeader? header)
    {
        header = value.IsEmpty || value.ContainsAnyExcept(Grammar.Token) ? null : new SipIfMatchHeader(Encoding.ASCII.GetString(value));
        return header is not null;
    }
}
