using System.Diagnostics.CodeAnalysis;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>SIP-ETag = entity-tag ; entity-tag = token (RFC 3903 section 11.3.1).</summary>
[Header(HeaderProtocol.Sip, "SIP-ETag")]
public sealed class SipETagHeader : TextHeader
{
    /// <summary>Composes a value.</summary>
    public SipETagHeader(string value)
        : base(value)
    {
    }

    /// <summary>Reads the value; false when it is not a token.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out SipETagHeader? header)
    {
        header = value.IsEmpty || value.ContainsAnyExcept(Grammar.Token) ? null : new SipETagHeader(Encoding.ASCII.GetString(value));
        return header is not null;
    }
}
