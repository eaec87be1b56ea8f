using System.Globalization;

namespace OmaIm.Server.Core;

/// <summary>
/// One value of a media feature parameter (RFC 3840 section 9): a token, a string in angle brackets, or a range of numbers, each
/// perhaps negated.
/// </summary>
internal readonly record struct FeatureValue
{
    /// <summary>Values of one parameter; a longer list is cut. 64: as many methods and media types as anybody names.</summary>
    private const int MaximumValues = 64;

    private string Text { get; init; }

    private bool IsNegated { get; init; }

    private bool IsNumber { get; init; }

    private double Least { get; init; }

    private double Most { get; init; }

    /// <summary>The values of a parameter as it stands in a header; a parameter without a value says TRUE (RFC 3840 section 9).</summary>
    public static IReadOnlyList<FeatureValue> Read(string? value)
    {
        if (value is null)
        {
            return [new FeatureValue { Text = "TRUE" }];
        }

        // string-value = "<" *(qdtext-no-abkt / quoted-pair ) ">": a comma inside is part of it.
        return value is ['<', .., '>']
            ? [new FeatureValue { Text = value }]
            : [.. value.Split(',', MaximumValues + 1, StringSplitOptions.TrimEntries).Take(MaximumValues).Select(ReadOne)];
    }

    /// <summary>Whether something satisfies both values.</summary>
    public bool Meets(FeatureValue other)
    {
        if (IsNumber != other.IsNumber)
        {
            return IsNegated || other.IsNegated;
        }

        if (IsNegated && other.IsNegated)
        {
            return true;
        }

        if (!IsNegated && !other.IsNegated)
        {
            return IsNumber ? Least <= other.Most && other.Least <= Most : IsSameText(other);
        }

        var (excluded, wanted) = IsNegated ? (this, other) : (other, this);
        return IsNumber ? wanted.Least < excluded.Least || wanted.Most > excluded.Most : !IsSameText(other);
    }

    private static FeatureValue ReadOne(string text)
    {
        var isNegated = text is ['!', ..];
        var value = isNegated ? text[1..] : text;
        return value is ['#', ..] && TryReadRange(value.AsSpan(1), out var least, out var most)
            ? new FeatureValue { Text = value, IsNegated = isNegated, IsNumber = true, Least = least, Most = most }
            : new FeatureValue { Text = value, IsNegated = isNegated };
    }

    // numeric-relation = ">=" / "<=" / "=" / (number ":") number
    private static bool TryReadRange(ReadOnlySpan<char> text, out double least, out double most)
    {
        (least, most) = (double.NegativeInfinity, double.PositiveInfinity);
        if (text.StartsWith(">="))
        {
            return TryReadNumber(text[2..], out least);
        }

        if (text.StartsWith("<="))
        {
            return TryReadNumber(text[2..], out most);
        }

        if (text is ['=', ..])
        {
            var isNumber = TryReadNumber(text[1..], out least);
            most = least;
            return isNumber;
        }

        var colon = text.IndexOf(':');
        return colon > 0 && TryReadNumber(text[..colon], out least) && TryReadNumber(text[(colon + 1)..], out most);
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    // Tokens are compared without case, strings with it (RFC 3840 section 9, RFC 2533).
    private bool IsSameText(FeatureValue other) => string.Equals(
        Text, other.Text, Text is ['<', ..] ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
}
