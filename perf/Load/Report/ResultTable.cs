using System.Globalization;
using Spectre.Console;

namespace OmaIm.Load.Report;

/// <summary>The report for people.</summary>
internal static class ResultTable
{
    public static Table Create(LoadReport report)
    {
        var table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(report.Workload.ToString()));
        table.AddColumn("").AddColumn(new TableColumn("").RightAligned()).HideHeaders();
        foreach (var (name, value) in Rows(report))
        {
            table.AddRow(new Text(name), new Text(value));
        }

        foreach (var (name, count) in report.Faults.ByKind)
        {
            var style = count == 0 ? new Style(Color.Green) : new Style(Color.Red, decoration: Decoration.Bold);
            table.AddRow(new Text(name), new Text(Number(count), style));
        }

        if (report.LostBecause is { } reason)
        {
            table.AddRow(new Text("lost because"), new Text(reason));
        }

        return table;
    }

    private static IEnumerable<(string Name, string Value)> Rows(LoadReport report)
    {
        var (latency, server) = (report.LatencyMicroseconds, report.Server);
        yield return ("measured", Figure.Text($"{report.Seconds:N1} s{(report.Interrupted ? ", then stopped" : "")}"));
        yield return ("deliveries", Number(report.Deliveries));
        yield return ("deliveries/s", Number(report.DeliveriesPerSecond));
        yield return ("deliveries per server CPU-second", Figure.Known(server.DeliveriesPerCpuSecond, "N0"));
        yield return ("latency p50 / p99", $"{Figure.Time(latency.P50)} / {Figure.Time(latency.P99)}");
        yield return ("latency p99.9 / maximum", $"{Figure.Time(latency.P999)} / {Figure.Time(latency.Maximum)}");
        yield return ("server CPU", Figure.Known(server.CpuPercent, "N0", " %"));
        yield return ("server memory", Figure.Known(server.ResidentBytes / 1048576.0, "N1", " MiB"));
        yield return ("server bytes allocated per delivery", Figure.Known(server.AllocatedBytesPerDelivery, "N3"));
        yield return ("server collections / pause", $"{Figure.Known(server.Collections, "N0")} / {Figure.Known(server.PauseMilliseconds, "N1", " ms")}");
        yield return ("server deliveries per write", Figure.Known(server.DeliveriesPerWrite, "N1"));
        yield return ("driver CPU", Figure.Text($"{report.DriverCpuPercent:N0} %"));
        yield return ("compared byte by byte", Number(report.Compared));
        if (report.Big is { } big)
        {
            yield return ("large message", Figure.Text($"{big.Bytes:N0} B, SHA-256 right at {big.Verified:N0} of {big.Expected:N0}, {big.Seconds:N2} s"));
            yield return ("chat p99 before / beside it", Figure.Text($"{Figure.Time(big.ChatP99Before)} / {Figure.Time(big.ChatP99During)} ({big.ChatP99During / big.ChatP99Before:N2} times)"));
        }

        if (report.Stall is { } stall)
        {
            yield return ("stopped reading / cut off", Figure.Text($"{stall.Stalled:N0} / {stall.CutOff:N0}{When(stall)}"));
        }
    }

    private static string When(StallReport stall) =>
        stall.FirstCutOffSeconds is { } first ? Figure.Text($" after {first:N1} to {stall.LastCutOffSeconds:N1} s") : "";

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
