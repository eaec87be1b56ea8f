using System.Globalization;
using OmaIm.Load.Report;

namespace OmaIm.Load.Soak;

/// <summary>A soak in figures for people.</summary>
internal static class SoakTable
{
    public static IEnumerable<(string Name, string Value)> Rows(SoakReport report)
    {
        var (latency, turnover) = (report.LatencyMicroseconds, report.Turnover);
        yield return ("measured", Figure.Text($"{report.Seconds / 60:N1} min{(report.Interrupted ? ", then stopped" : "")}"));
        yield return ("messages / deliveries", Figure.Text($"{report.Messages:N0} / {report.Deliveries:N0}"));
        yield return ("compared byte by byte", Figure.Text($"{report.Compared:N0}"));
        yield return ("latency p50 / p99 / maximum", $"{Figure.Time(latency.P50)} / {Figure.Time(latency.P99)} / {Figure.Time(latency.Maximum)}");
        yield return ("server CPU", Figure.Known(report.ServerCpuPercent, "N0", " %"));
        yield return ("joined / left / killed", Figure.Text($"{turnover.Joined:N0} / {turnover.Left:N0} / {turnover.Killed:N0}"));
        yield return ("stopped reading and were cut off", Figure.Text($"{turnover.CutOff:N0}{CutOffTimes(turnover)}"));
        if (turnover.Late > 0)
        {
            yield return ("replacements too late to be made", Figure.Text($"{turnover.Late:N0}"));
        }

        foreach (var (name, count) in report.Faults.ByKind.Where(fault => fault.Count > 0))
        {
            yield return (name, Figure.Text($"{count:N0}"));
        }

        if ((report.LostBecause ?? turnover.FirstFailure) is { } reason)
        {
            yield return ("first thing that went wrong", reason);
        }

        yield return ("server memory before / after", $"{Figure.Mebibytes(report.ResidentBytesBefore)} / {Figure.Mebibytes(report.ResidentBytesAfter)}");
        if (report.Memory is { } memory)
        {
            yield return ("server memory at warm-up's end / at the end", $"{Figure.Mebibytes(memory.Start)} / {Figure.Mebibytes(memory.Start + (memory.PerSecond * (memory.To - memory.From)))}");
            yield return ("growth, and its standard error", Figure.Text($"{memory.PercentPerHour:N2} %/h, {memory.ErrorPercentPerHour:N2} %/h"));
        }
    }

    /// <summary>What the progress line says.</summary>
    public static string Progress(SoakPoint point, TurnoverCounts turnover) => string.Create(
        CultureInfo.InvariantCulture,
        $"{point.DeliveriesPerSecond,9:N0}/s, p99 {point.P99Microseconds / 1000,6:N1} ms, {Figure.Mebibytes(point.ResidentBytes)}, "
        + $"{point.Descriptors} fd, CPU {point.CpuPercent,3:N0} %, {turnover.Left + turnover.Killed:N0} gone, {turnover.CutOff:N0} cut off");

    private static string CutOffTimes(TurnoverCounts turnover) => turnover.ShortestCutOffSeconds is { } shortest
        ? Figure.Text($", after {shortest:N1} to {turnover.LongestCutOffSeconds:N1} s")
        : "";
}
