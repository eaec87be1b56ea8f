using System.Diagnostics.CodeAnalysis;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>MIME-Version = 1*DIGIT "." 1*DIGIT (RFC 3261 section 20.24).</summary>
[Header(HeaderProtocol.Sip, "MIME-Version")]
public sealed class MimeVersionHeader : TextHeader
{
    /// <summary>Composes a value.</summary>
    public MimeVersionHeader(string value)
        : base(value)
    {
    }

    /// <summary>Reads the value; false when it is not a token.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out MimeVersionHeader? header)
    {
        header = value.IsEmpty || value.ContainsAnyExcept(Grammar.Token) ? null : new MimeVersionHeader(Encoding.ASCII.GetString(value));
        return header is not null;
    }
}
