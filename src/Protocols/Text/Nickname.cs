using System.Text;

namespace OmaIm.Protocols.Text;

/// <summary>The Nickname profile of PRECIS (RFC 8266): which strings are nicknames, how they are shown, when two are the same.</summary>
/// <remarks>
/// Lower case is the simple mapping of each character; a capital sigma becomes σ at the end of a word too. Joiners and variation
/// selectors are not in the FreeformClass, so a few composed emoji are refused.
/// </remarks>
public static class Nickname
{
    /// <summary>Longest nickname in characters (code points). The RFC leaves the number to the application.</summary>
    public const int MaximumLength = 64;

    /// <summary>The key by which nicknames are compared (RFC 8266 section 2.4), or null when it is no proper nickname.</summary>
    /// <remarks>The key is made from the nickname as it is shown, so that no two that look the same have different keys (U+03F9 would).</remarks>
    public static string? Prepare(string nickname) => Enforce(nickname) is { } shown ? Apply(shown, lowerCase: true) : null;

    /// <summary>The nickname as it is shown (RFC 8266 section 2.3): spaces trimmed and collapsed, case kept; or null when it is no proper nickname.</summary>
    public static string? Enforce(string nickname)
    {
        if (!IsProper(nickname) || Apply(nickname, lowerCase: false) is not { } shown)
        {
            return null;
        }

        // One character may become eighteen (U+FDFA), or bring a dot that may not stand there (U+0140).
        return IsProper(shown) ? shown : null;
    }

    private static bool IsProper(string nickname) =>
        nickname.Length <= 2 * MaximumLength && FreeformClass.Allows(nickname) && nickname.EnumerateRunes().Count() <= MaximumLength;

    private static string? Apply(string nickname, bool lowerCase)
    {
        // Section 2.1: the rules are applied until nothing changes any more, and what still changes after four rounds is refused.
        for (var round = 0; round < 4; round++)
        {
            var mapped = ApplyOnce(nickname, lowerCase);
            if (string.Equals(mapped, nickname, StringComparison.Ordinal))
            {
                return mapped.Length == 0 ? null : mapped;
            }

            nickname = mapped;
        }

        return null;
    }

    // Additional mapping, case mapping, normalization, in this order.
    private static string ApplyOnce(string nickname, bool lowerCase)
    {
        var mapped = MapSpaces(nickname);
        if (lowerCase)
        {
            // The one character whose lower case is two (SpecialCasing.txt); the simple mapping leaves it alone.
            mapped = mapped.ToLowerInvariant().Replace("\u0130", "i\u0307", StringComparison.Ordinal);
        }

        return UnicodeNormalization.FormKC(mapped);
    }

    /// <summary>Every space (general category Zs) becomes U+0020; none at the ends, one in a row.</summary>
    private static string MapSpaces(string nickname)
    {
        var mapped = new StringBuilder(nickname.Length);
        foreach (var character in nickname)
        {
            if (!char.IsSeparator(character))
            {
                mapped.Append(character);
            }
            else if (mapped.Length > 0 && mapped[^1] != ' ')
            {
                mapped.Append(' ');
            }
        }

        return mapped.ToString().TrimEnd(' ');
    }
}
