using System.Globalization;
using System.Text;

namespace OmaIm.Load.Report;

/// <summary>Series over the time of a run, one panel below the other, each on a linear scale that begins at 0.</summary>
internal sealed class TrendChart
{
    private const double Left = 86;
    private const double Right = 840;
    private const double PanelHeight = 150;
    private const double PanelDistance = 220;
    private const double FirstTop = 96;

    private readonly StringBuilder _panels = new();
    private readonly string _title;
    private readonly string _summary;
    private readonly double _seconds;
    private double _top = FirstTop;

    public TrendChart(string title, string summary, double seconds)
    {
        _title = title;
        _summary = summary;
        _seconds = seconds;
    }

    /// <summary>Adds a panel with a series, and, where there is one, its trend.</summary>
    public void AppendPanel(string title, IReadOnlyList<(double At, double Value)> series, IReadOnlyList<(double At, double Value)>? trend = null)
    {
        var highest = series.Concat(trend ?? []).Select(point => point.Value).DefaultIfEmpty(0).Max();
        var step = ChartPanel.Step(Math.Max(highest, 0.001) * 2.5);
        var top = Math.Max(step, Math.Ceiling(highest / step) * step);
        LatencyChart.AppendText(_panels, Left, _top - 10, "", title);
        for (var value = 0.0; value <= top + (step / 1000); value += step)
        {
            AppendLine(Left, Y(value, top), Right, Y(value, top));
            LatencyChart.AppendText(_panels, Left - 8, Y(value, top) + 4, "faint end", value.ToString("#,0.###", CultureInfo.InvariantCulture));
        }

        AppendTimeAxis();
        AppendCurve("one", series, top);
        AppendCurve("two", trend ?? [], top);
        _top += PanelDistance;
    }

    public string Finish() => LatencyChart.Begin(_title, _summary, height: (int)(_top - 40)).Append(_panels).Append("</svg>\n").ToString();

    private void AppendTimeAxis()
    {
        var step = ChartPanel.Step(_seconds);
        for (var second = 0.0; second <= _seconds + (step / 1000); second += step)
        {
            AppendLine(X(second), _top, X(second), _top + PanelHeight);
            LatencyChart.AppendText(_panels, X(second), _top + PanelHeight + 18, "faint middle", second.ToString("0.##", CultureInfo.InvariantCulture) + " s");
        }
    }

    private void AppendLine(double x1, double y1, double x2, double y2) =>
        LatencyChart.Append(_panels, $"""<line x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}" class="grid"/>""");

    private void AppendCurve(string style, IReadOnlyList<(double At, double Value)> points, double highest)
    {
        if (points.Count > 0)
        {
            var path = string.Join(' ', points.Select(point => Figure.Text($"{X(point.At):0.#},{Y(point.Value, highest):0.#}")));
            LatencyChart.Append(_panels, $"""<polyline points="{path}" class="curve {style}"/>""");
        }
    }

    private double X(double second) => Left + ((Right - Left) * Math.Clamp(second / _seconds, 0, 1));

    private double Y(double value, double highest) => _top + PanelHeight - (PanelHeight * Math.Clamp(value / highest, 0, 1));
}
