using System.Globalization;
using System.Text;

namespace OmaIm.Cli.Terminal;

/// <summary>
/// Makes text of other people safe to print: control characters could move the cursor, recolour the screen or answer on the user's
/// behalf; overrides of the writing direction could make a text read as another.
/// </summary>
internal static class Printable
{
    /// <summary>Longest name shown in front of a message, in UTF-16 units; nicknames are shorter (64).</summary>
    private const int MaxNameLength = 80;

    private const char ControlPictures = '\u2400'; // U+2400..U+241F picture C0, U+2421 pictures DEL

    /// <summary>Text of several lines: every kind of line end becomes \n, a tab four spaces.</summary>
    public static string Text(string text) => Clean(text.ReplaceLineEndings("\n"), keepLines: true);

    /// <summary>A name or a phrase: one line, cut when too long.</summary>
    public static string Name(string name)
    {
        var cut = name.Length > MaxNameLength ? name[..MaxNameLength] + "…" : name;
        return Clean(cut, keepLines: false);
    }

    private static string Clean(string text, bool keepLines)
    {
        var cleaned = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // a lone surrogate is enumerated as U+FFFD
        {
            _ = rune.Value switch
            {
                '\n' when keepLines => cleaned.Append('\n'),
                '\t' when keepLines => cleaned.Append("    "),
                < 0x20 => cleaned.Append((char)(ControlPictures + rune.Value)),
                0x7F => cleaned.Append('\u2421'),
                _ when IsDangerous(rune) => cleaned.Append('\uFFFD'),
                _ => cleaned.Append(rune.ToString()),
            };
        }

        return cleaned.ToString();
    }

    /// <summary>C1 controls, U+2028 and U+2029, and the bidirectional embeddings, overrides and isolates (UAX #9 section 2).</summary>
    private static bool IsDangerous(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
