using System.Globalization;
using System.Text;

namespace OmaIm.Appliance.Metrics;

/// <summary>All series of one name. Instruments of the same name add up: two hosts in one process are one metric.</summary>
internal sealed class MetricFamily(string name, string help, MetricKind kind, IReadOnlyList<double> bounds)
{
    /// <summary>Beyond it, new label combinations share one series, so that no peer can fill the memory or the scraper by varying a label.</summary>
    public const int MaximumSeries = 100;

    private const int MaximumLabelValue = 64;
    private const string Overflow = "overflow=\"true\"";

    private readonly Dictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private MetricSeries? _withoutLabels;

    public string Name { get; } = name;

    public string Help { get; } = help;

    public MetricKind Kind { get; } = kind;

    public IReadOnlyList<double> Bounds { get; } = bounds;

    /// <summary>Whether the values come anew with each scrape.</summary>
    public bool IsObserved { get; init; }

    public IEnumerable<MetricSeries> Series => _series.Values;

    public void Clear()
    {
        _series.Clear();
        _withoutLabels = null;
    }

    public void Measure(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, bool replace)
    {
        var series = tags.IsEmpty ? _withoutLabels ??= Find("") : Find(Labels(tags));
        if (Kind == MetricKind.Histogram)
        {
            series.Record(value);
        }
        else
        {
            series.Value = replace ? value : series.Value + value;
        }
    }

    private MetricSeries Find(string labels)
    {
        if (!_series.TryGetValue(labels, out var series))
        {
            labels = _series.Count < MaximumSeries ? labels : Overflow;
            if (!_series.TryGetValue(labels, out series))
            {
                _series[labels] = series = new MetricSeries(labels, Bounds);
            }
        }

        return series;
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder();
        foreach (var (label, content) in tags)
        {
            text.Append(text.Length == 0 ? "" : ",");
            foreach (var character in label)
            {
                text.Append(char.IsAsciiLetterOrDigit(character) ? character : '_');
            }

            text.Append("=\"");
            var value = Convert.ToString(content, CultureInfo.InvariantCulture) ?? "";
            AppendEscaped(text, value.Length <= MaximumLabelValue ? value : value[..MaximumLabelValue]);
            text.Append('"');
        }

        return text.ToString();
    }

    private static void AppendEscaped(StringBuilder text, string value)
    {
        foreach (var character in value)
        {
            _ = character switch
            {
                '\\' => text.Append(@"\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append(@"\n"),
                _ => text.Append(character),
            };
        }
    }
}
