using System.Globalization;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>
/// Byte-Range = "Byte-Range:" SP range-start "-" range-end "/" total (RFC 4975 section 9): which octets of the message a
/// chunk holds, counted from 1. An end or total of "*" is not known yet and reads as <see cref="Unknown"/>.
/// </summary>
[Header(HeaderProtocol.Msrp, "Byte-Range")]
public readonly record struct ByteRange(long Start, long End, long Total)
{
    /// <summary>The value of "*".</summary>
    public const long Unknown = -1;

    /// <summary>
    /// Reads the value; false when it breaks the grammar, a number exceeds 2^63-1, or the numbers contradict each other:
    /// start is at least 1, end at least start - 1 (no octets), total at least end.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out ByteRange header)
    {
        header = default;
        var dash = value.IndexOf((byte)'-');
        var slash = value.IndexOf((byte)'/');
        if (dash < 0 || slash < dash
            || !Digits.TryParse(value[..dash], out var start)
            || !TryParseOrStar(value[(dash + 1)..slash], out var end)
            || !TryParseOrStar(value[(slash + 1)..], out var total))
        {
            return false;
        }

        var isConsistent = start >= 1
            && (end == Unknown || end >= start - 1)
            && (total == Unknown || (total >= start - 1 && total >= end));
        header = isConsistent ? new ByteRange(start, end, total) : default;
        return isConsistent;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Start}-{Text(End)}/{Text(Total)}");

    private static string Text(long number) => number == Unknown ? "*" : number.ToString(CultureInfo.InvariantCulture);

    private static bool TryParseOrStar(ReadOnlySpan<byte> text, out long number)
    {
        number = Unknown;
        return text.SequenceEqual("*"u8) || Digits.TryParse(text, out number);
    }
}
