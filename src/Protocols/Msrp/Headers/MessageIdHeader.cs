using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>Message-ID = "Message-ID:" SP ident ; ident = ALPHANUM 3*31ident-char ; ident-char = ALPHANUM / "." / "-" / "+" / "%" / "=" (RFC 4975 section 9).</summary>
[Header(HeaderProtocol.Msrp, "Message-ID")]
public readonly record struct MessageIdHeader(string Value)
{
    /// <summary>Reads the value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out MessageIdHeader header)
    {
        header = default;
        if (value.Length is < 4 or > 32 || !Grammar.Alphanum.Contains(value[0]) || value.ContainsAnyExcept(Grammar.IdentChar))
        {
            return false;
        }

        header = new MessageIdHeader(Encoding.ASCII.GetString(value));
        return true;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Value;
}
