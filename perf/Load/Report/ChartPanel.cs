using System.Globalization;
using System.Text;

namespace OmaIm.Load.Report;

/// <summary>One pair of axes of a <see cref="LatencyChart"/>: microseconds upwards by powers of ten, something linear to the right.</summary>
internal sealed class ChartPanel(StringBuilder svg, double top, int lowest, int highest, double from, double to)
{
    private const double Left = 86;
    private const double Right = 840;
    private const double Height = 204;
    private const double LegendWidth = 92;

    private double _legendEnd = Right;

    private double Bottom => top + Height;

    /// <summary>Where a quantile stands on the axis of percentiles: every further nine takes the same room.</summary>
    public static double Rarity(double quantile) => -Math.Log10(1 - quantile);

    public void AppendFrame(string title)
    {
        LatencyChart.AppendText(svg, Left, top - 10, "", title);
        for (var power = lowest; power <= highest; power++)
        {
            var y = Y(Math.Pow(10, power));
            LatencyChart.Append(svg, $"""<line x1="{Left}" y1="{y:0.#}" x2="{Right}" y2="{y:0.#}" class="grid"/>""");
            LatencyChart.AppendText(svg, Left - 8, y + 4, "faint end", TimeLabel(power));
        }
    }

    public void AppendTimeAxis()
    {
        var step = Step(to - from);
        for (var second = 0.0; second <= to + (step / 1000); second += step)
        {
            AppendTick(second, second.ToString("0.##", CultureInfo.InvariantCulture) + " s");
        }
    }

    public void AppendPercentileAxis()
    {
        foreach (var quantile in (double[])[0, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999])
        {
            AppendTick(Rarity(quantile), (100 * quantile).ToString("0.####", CultureInfo.InvariantCulture) + " %");
        }
    }

    /// <summary>A curve; <paramref name="name"/> goes into the legend above the panel, empty for none.</summary>
    public void AppendCurve(string style, string name, IReadOnlyList<(double At, double Microseconds)> points)
    {
        var path = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.At):0.#},{Y(point.Microseconds):0.#}")));
        LatencyChart.Append(svg, $"""<polyline points="{path}" class="curve {style}"/>""");
        if (name.Length > 0)
        {
            _legendEnd -= LegendWidth;
            LatencyChart.Append(svg, $"""<polyline points="{_legendEnd:0.#},{top - 14:0.#} {_legendEnd + 24:0.#},{top - 14:0.#}" class="curve {style}"/>""");
            LatencyChart.AppendText(svg, _legendEnd + 30, top - 10, style, name);
        }
    }

    private void AppendTick(double at, string label)
    {
        var x = X(at);
        LatencyChart.Append(svg, $"""<line x1="{x:0.#}" y1="{top:0.#}" x2="{x:0.#}" y2="{Bottom:0.#}" class="grid"/>""");
        LatencyChart.AppendText(svg, x, Bottom + 18, "faint middle", label);
    }

    private double X(double at) => Left + ((Right - Left) * Math.Clamp((at - from) / (to - from), 0, 1));

    private double Y(double microseconds) =>
        Bottom - (Height * Math.Clamp((Math.Log10(microseconds) - lowest) / (highest - lowest), 0, 1));

    /// <summary>1, 2 or 5 times a power of ten, so that about ten fit.</summary>
    public static double Step(double length)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(length / 10)));
        return power * (length / 10 / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
    }

    private static string TimeLabel(int power) => power switch
    {
        >= 6 => Power(power - 6) + " s",
        >= 3 => Power(power - 3) + " ms",
        _ => Power(power) + " us",
    };

    private static string Power(int power) => Math.Pow(10, power).ToString("0.###", CultureInfo.InvariantCulture);
}
