using System.Globalization;

namespace OmaIm.Protocols.Text;

/// <summary>Points in time as RFC 3339 section 5.6 writes them: CPIM's DateTime, xs:dateTime of receipts, file dates of messages.</summary>
public static class Rfc3339
{
    // date-time without and with a fraction; "K" takes the Z or an offset, the F's as much of a fraction as is kept.
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"];

    // Digits of a fraction that a time can keep: 100 ns. Clocks of other systems give nine.
    private const int KeptDigits = 7;

    /// <summary>Reads a whole text; of a fraction the 100 ns. A missing offset means UTC; false for anything that is not a date-time.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        Shorten(text)?.ToUpperInvariant(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    /// <summary>In UTC to the millisecond: <c>2026-02-07T10:00:00.000Z</c>.</summary>
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    // time-secfrac = "." 1*DIGIT
    private static string? Shorten(string? text)
    {
        var first = text?.IndexOf('.', StringComparison.Ordinal) + 1 ?? 0;
        var digits = text.AsSpan(first);
        digits = digits[..^digits.TrimStart("0123456789").Length];
        return first > 0 && digits.Length > KeptDigits ? text!.Remove(first + KeptDigits, digits.Length - KeptDigits) : text;
    }
}
