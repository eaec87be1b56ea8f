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
        svg { --ground: #ffffff; --ink: #1f2328; --faint: #6b7280; --line: #e3e6ea; --one: #1f77b4; --two: #d9730d; --three: #8a8f98; }
        @media (prefers-color-scheme: dark) {
        svg { --ground: #14171c; --ink: #e6e8eb; --faint: #9aa2ad; --line: #2b3038; --one: #62a8e5; --two: #f0a04b; --three: #7d8590; } }
        text { font-family: system-ui, sans-serif; font-size: 13px; fill: var(--ink); }
        .title { font-size: 18px; font-weight: 600; } .faint { fill: var(--faint); } .end { text-anchor: end; } .middle { text-anchor: middle; }
        .grid { stroke: var(--line); } .curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
        .one { stroke: var(--one); } .two { stroke: var(--two); } .three { stroke: var(--three); stroke-dasharray: 3 3; }
        text.one { stroke: none; fill: var(--one); } text.two { stroke: none; fill: var(--two); } text.three { stroke: none; fill: var(--three); }
        </style>
        """;

    public static string Draw(LoadReport report)
    {
        var svg = new StringBuilder();
        Append(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" role="img">""");
        svg.Append(Style).Append('\n');
        Append(svg, $"""<rect width="{Width}" height="{Height}" fill="var(--ground)"/>""");
        AppendText(svg, 30, 34, "title", report.Workload.ToString());
        AppendText(svg, 30, 56, "faint", Summary(report));

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
