using System.Buffers;
using System.Globalization;
using System.Text;

namespace OmaIm.Appliance;

/// <summary>
/// Makes text of strangers safe for one line of a log or a terminal: control characters (CR, LF, ESC and the C1 set),
/// line and paragraph separators and the marks that turn the writing direction become \u{HEX}.
/// </summary>
public static class Printable
{
    private const int ShortLength = 60;

    private static readonly SearchValues<char> Unsafe = SearchValues.Create(UnsafeCharacters());

    public static string OneLine(string text)
    {
        if (!text.AsSpan().ContainsAny(Unsafe))
        {
            return text;
        }

        var builder = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            if (Unsafe.Contains(character))
            {
                builder.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)character:x}}}");
            }
            else
            {
                builder.Append(character);
            }
        }

        return builder.ToString();
    }

    public static string Shorten(string text) => OneLine(text.Length <= ShortLength ? text : text[..ShortLength] + "...");

    private static string UnsafeCharacters()
    {
        (char First, char Last)[] ranges = [('\0', '\u001f'), ('\u007f', '\u009f'), ('\u061c', '\u061c'), ('\u200e', '\u200f'), ('\u2028', '\u202e'), ('\u2066', '\u2069')];
        var characters = new StringBuilder();
        foreach (var (first, last) in ranges)
        {
            for (var character = first; character <= last; character++)
            {
                characters.Append(character);
            }
        }

        return characters.ToString();
    }
}
