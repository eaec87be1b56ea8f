namespace OmaIm.Protocols.Text;

/// <summary>Reads 1*DIGIT: ASCII 0-9 only, no sign, no space, no overflow. Every number on the wire comes through here.</summary>
public static class Digits
{
    /// <summary>Reads the whole span as a number of at most <see cref="long.MaxValue"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long value) => TryParse(text, long.MaxValue, out value);

    /// <summary>Reads the whole span as a number of at most <paramref name="maximum"/>; false when empty, not digits, or larger.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, long maximum, out long value)
    {
        value = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        long number = 0;
        foreach (var octet in text)
        {
            var digit = octet - '0';
            if ((uint)digit > 9 || digit > maximum || number > (maximum - digit) / 10)
            {
                return false;
            }

            number = (number * 10) + digit;
        }

        value = number;
        return true;
    }
}
