using System.Diagnostics.Metrics;

namespace OmaIm.Appliance.Metrics;

/// <summary>
/// Listens to the meters named OmaIm.* and writes them as Prometheus text. A measurement without labels allocates nothing;
/// hot paths count for themselves and publish an observable instrument.
/// </summary>
public sealed class MetricsCollector : IDisposable
{
    /// <summary>Prometheus' own default, seconds; an instrument's advice wins.</summary>
    private static readonly double[] DefaultBounds = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10];

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    private readonly string _meterPrefix;
    private readonly Func<Meter, bool> _takes;

    /// <param name="meterPrefix">How the names of the meters begin.</param>
    /// <param name="takes">Which of them are this appliance's own; null for all. Several appliances may live in one process.</param>
    public MetricsCollector(string meterPrefix = "OmaIm.", Func<Meter, bool>? takes = null)
    {
        _meterPrefix = meterPrefix;
        _takes = takes ?? (static _ => true);
        _listener.InstrumentPublished = Publish;
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, state) => Measure(instrument, value, tags, state));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, state) => Measure(instrument, value, tags, state));
        _listener.SetMeasurementEventCallback<double>(Measure);
        _listener.Start();
    }

    /// <summary>The text exposition format, version 0.0.4.</summary>
    public string Collect()
    {
        lock (_lock)
        {
            foreach (var family in _families.Values.Where(family => family.IsObserved))
            {
                family.Clear();
            }

            _listener.RecordObservableInstruments();
            return PrometheusText.Write(_families.Values);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (!instrument.Meter.Name.StartsWith(_meterPrefix, StringComparison.Ordinal) || !_takes(instrument.Meter))
        {
            return;
        }

        var kind = MetricKinds.Of(instrument);
        var name = MetricName.Of(instrument, kind);
        lock (_lock)
        {
            if (!_families.TryGetValue(name, out var family))
            {
                family = new MetricFamily(name, instrument.Description ?? "", kind, Bounds(instrument, kind)) { IsObserved = instrument.IsObservable };
                _families[name] = family;
            }

            listener.EnableMeasurementEvents(instrument, family);
        }
    }

    private static IReadOnlyList<double> Bounds(Instrument instrument, MetricKind kind) => instrument switch
    {
        _ when kind != MetricKind.Histogram => [],
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => bounds,
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => DefaultBounds,
    };

    private void Measure(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        lock (_lock)
        {
            ((MetricFamily)state!).Measure(value, tags, MetricKinds.Replaces(instrument));
        }
    }
}
