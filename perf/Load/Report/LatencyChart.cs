using System.Globalization;
using System.Security;
using System.Text;

namespace OmaIm.Load.Report;

/// <summary>
/// The report as a picture: latency over the time of the run, and latency by percentile, both on logarithmic scales. Plain SVG that a
/// browser shows in the reader's light or dark colours.
/// </summary>
internal static class LatencyChart
{
    private const int Width = 920;
    private const int Height = 640;

    private const string Style = """
        <style>
        text { font-family: system-ui, sans-serif; font-size: 13px; fill: #1f2328; }
        .title { font-size: 18px; font-weight: 600; } .end { text-anchor: end; } .middle { text-anchor: middle; }
        .ground { fill: #ffffff; } .grid { stroke: #e3e6ea; } text.faint { fill: #5f6772; }
        .curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
        .curve.one { stroke: #1f77b4; } .curve.two { stroke: #c2600a; } .curve.three { stroke: #8a8f98; stroke-dasharray: 3 3; }
        text.one { fill: #1f77b4; } text.two { fill: #c2600a; } text.three { fill: #5f6772; }
        @media (prefers-color-scheme: dark) {
        text { fill: #e6e8eb; } .ground { fill: #14171c; } .grid { stroke: #2b3038; } text.faint { fill: #9aa2ad; }
        .curve.one { stroke: #62a8e5; } .curve.two { stroke: #f0a04b; } .curve.three { stroke: #7d8590; }
        text.one { fill: #62a8e5; } text.two { fill: #f0a04b; } text.three { fill: #9aa2ad; } }
        </style>
        """;

    public static string Draw(LoadReport report)
    {
        var svg = Begin(report.Workload.ToString(), Summary(report), Height);
        var (lowest, highest) = Range(report);
        var time = new ChartPanel(svg, top: 96, lowest, highest, from: 0, to: Math.Max(report.Seconds, 0.001));
        time.AppendFrame("Latency over time");
        time.AppendTimeAxis();
        var timeline = report.Timeline.Where(point => point.Latency.Maximum > 0).ToList();
        time.AppendCurve("three", "maximum", [.. timeline.Select(point => (point.Seconds, point.Latency.Maximum))]);
        time.AppendCurve("two", "p99", [.. timeline.Select(point => (point.Seconds, point.Latency.P99))]);
        time.AppendCurve("one", "p50", [.. timeline.Select(point => (point.Seconds, point.Latency.P50))]);

        var percentiles = report.Percentiles.Where(point => point.Microseconds > 0).ToList();
        var share = new ChartPanel(svg, top: 376, lowest, highest, from: 0, to: ChartPanel.Rarity(0.999999));
        share.AppendFrame("Latency by percentile");
        share.AppendPercentileAxis();
        share.AppendCurve("one", "", [.. percentiles.Select(point => (ChartPanel.Rarity(point.Quantile), point.Microseconds))]);
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>An empty picture with its title; the end tag is still to come.</summary>
    internal static StringBuilder Begin(string title, string summary, int height)
    {
        var svg = new StringBuilder();
        Append(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" width="{Width}" height="{height}" role="img">""");
        svg.Append(Style).Append('\n');
        Append(svg, $"""<rect width="{Width}" height="{height}" class="ground"/>""");
        AppendText(svg, 30, 34, "title", title);
        AppendText(svg, 30, 56, "faint", summary);
        return svg;
    }

    private static string Summary(LoadReport report)
    {
        var server = report.Server.DeliveriesPerCpuSecond is { } rate ? $", {Number(rate)} per server CPU-second" : "";
        var faults = report.Faults.Total == 0 ? "no fault" : $"{Number(report.Faults.Total)} faults";
        return $"{Number(report.DeliveriesPerSecond)} deliveries/s{server}; {faults}";
    }

    /// <summary>Whole powers of ten around everything that is drawn.</summary>
    private static (int Lowest, int Highest) Range(LoadReport report)
    {
        var values = report.Percentiles.Select(point => point.Microseconds)
            .Concat(report.Timeline.SelectMany(point => new[] { point.Latency.P50, point.Latency.Maximum }))
            .Where(value => value > 0)
            .DefaultIfEmpty(1)
            .ToList();
        var lowest = (int)Math.Floor(Math.Log10(values.Min()));
        return (lowest, Math.Max(lowest + 1, (int)Math.Ceiling(Math.Log10(values.Max()))));
    }

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    internal static void Append(StringBuilder svg, FormattableString element) => svg.Append(FormattableString.Invariant(element)).Append('\n');

    internal static void AppendText(StringBuilder svg, double x, double y, string style, string text) =>
        Append(svg, $"""<text x="{x:0.#}" y="{y:0.#}" class="{style}">{SecurityElement.Escape(text)}</text>""");
}
