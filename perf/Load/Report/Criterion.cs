namespace OmaIm.Load.Report;

/// <summary>One thing that a scenario demands of the server. The verdict is good when all of them hold.</summary>
/// <param name="Name">What is looked at.</param>
/// <param name="Found">What was found.</param>
/// <param name="Demanded">What it must be.</param>
internal sealed record Criterion(string Name, string Found, string Demanded, bool Holds)
{
    /// <summary>A figure that must not be above a limit; one that could not be found does not hold.</summary>
    /// <param name="format">Of both figures, as for <see cref="double.ToString(string)"/>.</param>
    public static Criterion AtMost(string name, double? found, double? limit, string format, string unit) =>
        new(name, Figure(found, format, unit), "at most " + Figure(limit, format, unit), found <= limit);

    /// <summary>A figure that must be below a limit.</summary>
    /// <inheritdoc cref="AtMost"/>
    public static Criterion Below(string name, double? found, double limit, string format, string unit) =>
        new(name, Figure(found, format, unit), "below " + Figure(limit, format, unit), found < limit);

    /// <summary>A figure that must not be below a limit.</summary>
    /// <inheritdoc cref="AtMost"/>
    public static Criterion AtLeast(string name, double? found, double limit, string format, string unit) =>
        new(name, Figure(found, format, unit), "at least " + Figure(limit, format, unit), found >= limit);

    /// <summary>A count that must be 0.</summary>
    public static Criterion None(string name, long found) => new(name, Figure(found, "N0", ""), "none", found == 0);

    private static string Figure(double? value, string format, string unit) =>
        value is { } known && double.IsFinite(known) ? known.ToString(format, System.Globalization.CultureInfo.InvariantCulture) + unit : "unknown";
}
