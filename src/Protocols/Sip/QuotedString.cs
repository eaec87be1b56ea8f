using System.Buffers;
using System.Text;

namespace OmaIm.Protocols.Sip;

/// <summary>quoted-string = DQUOTE *(qdtext / quoted-pair) DQUOTE (RFC 3261 section 25.1).</summary>
internal static class QuotedString
{
    private static readonly SearchValues<byte> QuoteOrBackslash = SearchValues.Create("\"\\"u8);

    /// <summary>The length of the quoted string at the start of the text, quotes included; 0 when there is none or it does not end.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] != '"')
        {
            return 0;
        }

        var position = 1;
        while (true)
        {
            var found = text[position..].IndexOfAny(QuoteOrBackslash);
            if (found < 0)
            {
                return 0;
            }

            position += found;
            if (text[position] == '"')
            {
                return position + 1;
            }

            position += 2; // quoted-pair = "\" octet
            if (position >= text.Length)
            {
                return 0;
            }
        }
    }

    /// <summary>What the quoted string says, as plain text.</summary>
    public static string Unquote(ReadOnlySpan<byte> quoted)
    {
        var inner = quoted[1..^1];
        if (!inner.Contains((byte)'\\'))
        {
            return PlainText.Read(inner);
        }

        var plain = new byte[inner.Length];
        var length = 0;
        for (var i = 0; i < inner.Length; i++)
        {
            i += inner[i] == '\\' ? 1 : 0;
            plain[length++] = inner[i];
        }

        return PlainText.Read(plain.AsSpan(0, length));
    }

    /// <summary>The text as a quoted string; control characters are left out.</summary>
    public static void Append(StringBuilder builder, ReadOnlySpan<char> text)
    {
        builder.Append('"');
        foreach (var character in text)
        {
            if (char.IsControl(character))
            {
                continue;
            }

            if (character is '"' or '\\')
            {
                builder.Append('\\');
            }

            builder.Append(character);
        }

        builder.Append('"');
    }
}
