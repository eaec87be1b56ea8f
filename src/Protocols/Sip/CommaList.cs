using System.Buffers;

namespace OmaIm.Protocols.Sip;

/// <summary>Splits header values at commas that stand outside quotes and angle brackets (RFC 3261 section 7.3.1).</summary>
internal static class CommaList
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create(",\"<"u8);

    /// <summary>The length of the first element; that of the whole text when no comma ends it.</summary>
    public static int FirstLength(ReadOnlySpan<byte> text)
    {
        var position = 0;
        while (true)
        {
            var found = text[position..].IndexOfAny(Marks);
            if (found < 0)
            {
                return text.Length;
            }

            position += found;
            if (text[position] == ',')
            {
                return position;
            }

            var length = text[position] == '"'
                ? QuotedString.Length(text[position..])
                : text[position..].IndexOf((byte)'>') + 1;
            if (length == 0)
            {
                return text.Length; // never closed: the element's own parser will refuse it
            }

            position += length;
        }
    }
}
