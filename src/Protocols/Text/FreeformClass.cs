using System.Buffers;
using System.Globalization;
using System.Text;

namespace OmaIm.Protocols.Text;

/// <summary>The string class of PRECIS that nicknames are taken from (RFC 8264 section 4.3, decided as section 8 says).</summary>
internal static class FreeformClass
{
    /// <summary>Whether every character may stand where it stands.</summary>
    public static bool Allows(string text)
    {
        List<int> points = [];
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != OperationStatus.Done)
            {
                return false;
            }

            points.Add(rune.Value);
            rest = rest[length..];
        }

        for (var i = 0; i < points.Count; i++)
        {
            if (!Allows(points, i))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Allows(List<int> points, int i) => points[i] switch
    {
        // Exceptions (section 9.6): allowed only in context, or not at all
        0x00B7 or 0x0375 or 0x05F3 or 0x05F4 or 0x30FB or (>= 0x0660 and <= 0x0669) or (>= 0x06F0 and <= 0x06F9) => IsInContext(points, i),
        0x0640 or 0x07FA or 0x302E or 0x302F or (>= 0x3031 and <= 0x3035) or 0x303B => false,

        // JoinControl (9.8): behind a virama only (RFC 5892 appendix A.1 and A.2; its joining-type case is left out)
        0x200C or 0x200D => i > 0 && UnicodeNormalization.CombiningClass(points[i - 1]) == 9,

        // OldHangulJamo (9.9)
        (>= 0x1100 and <= 0x11FF) or (>= 0xA960 and <= 0xA97F) or (>= 0xD7B0 and <= 0xD7FF) => false,

        // PrecisIgnorableProperties (9.13): Default_Ignorable_Code_Point outside the categories that are refused below
        0x034F or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or
            (>= 0xE0000 and <= 0xE0FFF) => false,
        var point => IsAllowedCategory(CharUnicodeInfo.GetUnicodeCategory(point)),
    };

    // LetterDigits, OtherLetterDigits, Spaces, Symbols and Punctuation are in; Controls, Unassigned and what is left are out:
    // format characters with the bidirectional overrides, line separators, private use, surrogates.
    private static bool IsAllowedCategory(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or
        UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    // The CONTEXTO rules of RFC 5892 appendix A.3 to A.9
    private static bool IsInContext(List<int> points, int i) => points[i] switch
    {
        0x00B7 => i > 0 && i + 1 < points.Count && points[i - 1] == 'l' && points[i + 1] == 'l',
        0x0375 => i + 1 < points.Count && points[i + 1] is (>= 0x0370 and <= 0x03FF) or (>= 0x1F00 and <= 0x1FFF),
        0x05F3 or 0x05F4 => i > 0 && points[i - 1] is >= 0x0590 and <= 0x05FF,
        0x30FB => points.Exists(point => point is (>= 0x3041 and <= 0x309F) or (>= 0x30A1 and <= 0x30FA) or (>= 0x30FC and <= 0x30FF) or
            (>= 0x31F0 and <= 0x31FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF)),
        <= 0x0669 => !points.Exists(point => point is >= 0x06F0 and <= 0x06F9),
        _ => !points.Exists(point => point is >= 0x0660 and <= 0x0669),
    };
}
