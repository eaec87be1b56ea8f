namespace OmaIm.Load.Measuring;

/// <summary>A straight line through points over time, by least squares.</summary>
/// <param name="Start">Where the line is at the first point.</param>
/// <param name="PerSecond">How it rises.</param>
/// <param name="ErrorPerSecond">Standard error of <paramref name="PerSecond"/>: a slope of less than twice this may be chance.</param>
internal sealed record LinearTrend(double From, double To, double Start, double PerSecond, double ErrorPerSecond)
{
    private const double SecondsPerHour = 3600;

    /// <summary>What an hour would add, in percent of the value at the start.</summary>
    public double PercentPerHour => 100 * SecondsPerHour * PerSecond / Start;

    public double ErrorPercentPerHour => 100 * SecondsPerHour * ErrorPerSecond / Start;

    /// <summary>The line through the points; null when there are fewer than three, or none at different times.</summary>
    public static LinearTrend? Of(IReadOnlyList<(double Seconds, double Value)> points)
    {
        if (points.Count < 3)
        {
            return null;
        }

        var (meanTime, meanValue) = (points.Average(point => point.Seconds), points.Average(point => point.Value));
        var spread = points.Sum(point => Math.Pow(point.Seconds - meanTime, 2));
        if (spread == 0)
        {
            return null;
        }

        var slope = points.Sum(point => (point.Seconds - meanTime) * (point.Value - meanValue)) / spread;
        var residue = points.Sum(point => Math.Pow(point.Value - meanValue - (slope * (point.Seconds - meanTime)), 2));
        var from = points.Min(point => point.Seconds);
        return new LinearTrend(
            from,
            points.Max(point => point.Seconds),
            meanValue + (slope * (from - meanTime)),
            slope,
            Math.Sqrt(residue / (points.Count - 2) / spread));
    }

    /// <summary>The line through what comes after the warm-up, the first quarter of the time.</summary>
    public static LinearTrend? AfterWarmUp(IReadOnlyList<(double Seconds, double Value)> points) => points.Count == 0
        ? null
        : Of([.. points.Where(point => point.Seconds >= points[0].Seconds + ((points[^1].Seconds - points[0].Seconds) / 4))]);
}
