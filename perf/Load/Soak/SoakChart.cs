using OmaIm.Load.Report;

namespace OmaIm.Load.Soak;

/// <summary>A soak as a picture: the server's memory with its trend, its descriptors, and the members' p99, over time.</summary>
internal static class SoakChart
{
    public static string Draw(SoakReport report)
    {
        var chart = new TrendChart(report.Workload.ToString(), Summary(report), Math.Max(report.Seconds, 0.001));
        List<(double At, double Value)> trend = report.Memory is { } memory
            ? [(memory.From, Mebi(memory.Start)), (memory.To, Mebi(memory.Start + (memory.PerSecond * (memory.To - memory.From))))]
            : [];
        chart.AppendPanel("Server memory, MiB", Series(report, point => point.ResidentBytes / 1048576.0), trend);
        chart.AppendPanel("Open descriptors", Series(report, point => point.Descriptors));
        chart.AppendPanel("p99, ms", Series(report, point => point.P99Microseconds / 1000));
        return chart.Finish();
    }

    private static double Mebi(double bytes) => bytes / 1048576;

    private static List<(double At, double Value)> Series(SoakReport report, Func<SoakPoint, double?> value) =>
        [.. report.Points.Where(point => value(point) is not null).Select(point => (point.Seconds, value(point)!.Value))];

    private static string Summary(SoakReport report) => Figure.Text(
        $"{report.Turnover.Joined:N0} joined, {report.Turnover.Left:N0} left, {report.Turnover.Killed:N0} were killed, {report.Turnover.CutOff:N0} were cut off; memory {Figure.Known(report.Memory?.PercentPerHour, "0.00", " %/h")}; {(report.Passed ? "passed" : "failed")}");
}
