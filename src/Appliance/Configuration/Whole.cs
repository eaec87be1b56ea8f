using System.Globalization;

namespace OmaIm.Appliance.Configuration;

/// <summary>Whole numbers of the configuration: an optional minus and ASCII digits, nothing else (no blank, plus, point or exponent).</summary>
public static class Whole
{
    public static bool TryParse(string text, out long number)
    {
        number = 0;
        var digits = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        return digits.Length > 0
            && !digits.ContainsAnyExceptInRange('0', '9')
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }
}
