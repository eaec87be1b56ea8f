using System.Globalization;

namespace OmaIm.Load.Report;

/// <summary>How figures are written for people, the same in every country.</summary>
internal static class Figure
{
    public static string Known(double? value, string format, string unit = "") =>
        value is { } known ? known.ToString(format, CultureInfo.InvariantCulture) + unit : "-";

    public static string Mebibytes(double? bytes) => Known(bytes / (1024 * 1024), "N1", " MiB");

    public static string Kibibytes(double? bytes) => Known(bytes / 1024, "N2", " KiB");

    public static string Time(double microseconds) => microseconds < 1000 ? Text($"{microseconds:N0} us") : Text($"{microseconds / 1000:N2} ms");

    public static string Text(FormattableString text) => FormattableString.Invariant(text);
}
