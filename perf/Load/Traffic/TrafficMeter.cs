using OmaIm.Load.Measuring;

namespace OmaIm.Load.Traffic;

/// <summary>Cuts the measured time into intervals, and keeps the whole, the intervals, and the part beside a large message apart. On the loop's thread.</summary>
internal sealed class TrafficMeter(TrafficLedger ledger)
{
    /// <summary>The shares that the chart by percentile shows: from 0, each half as far from 1 as the one two before it.</summary>
    private static readonly double[] Quantiles = [0, .. Enumerable.Range(1, 40).Select(step => 1 - Math.Pow(0.5, step / 2.0))];

    /// <summary>Seconds; what is shorter says nothing of its own.</summary>
    private const double ShortestInterval = 0.05;

    private readonly LatencyHistogram _all = new();
    private readonly LatencyHistogram _beforeBig = new();
    private readonly LatencyHistogram _besideBig = new();
    private readonly List<TimelinePoint> _timeline = [];
    private long _startedAt;
    private long _startDeliveries;
    private long _intervalStart;
    private bool _isBesideBig;

    public IReadOnlyList<TimelinePoint> Timeline => _timeline;

    public long Deliveries => ledger.Deliveries - _startDeliveries;

    public double Seconds => (_intervalStart - _startedAt) / (double)Clock.Second;

    public LatencyHistogram All => _all;

    /// <summary>Latencies until the large messages began.</summary>
    public LatencyHistogram BeforeBig => _beforeBig;

    /// <summary>Latencies while they were under way.</summary>
    public LatencyHistogram BesideBig => _besideBig;

    public IReadOnlyList<PercentilePoint> Percentiles => [.. Quantiles.Select(
        quantile => new PercentilePoint(quantile, LatencySummary.Microseconds(_all.ValueAt(quantile))))];

    /// <summary>Forgets what came before: here measuring begins.</summary>
    public void Begin()
    {
        ledger.Latencies.Clear();
        _startedAt = _intervalStart = Clock.Now;
        _startDeliveries = ledger.Deliveries;
    }

    /// <summary>Ends an interval.</summary>
    public void Mark()
    {
        var now = Clock.Now;
        var seconds = (now - _intervalStart) / (double)Clock.Second;
        var latencies = ledger.Latencies;
        if (seconds > ShortestInterval)
        {
            _timeline.Add(new TimelinePoint(
                (now - _startedAt) / (double)Clock.Second, latencies.Count / seconds, LatencySummary.Of(latencies)));
        }

        _all.Add(latencies);
        if (!HasBigBegun)
        {
            _beforeBig.Add(latencies);
        }
        else if (_isBesideBig)
        {
            _besideBig.Add(latencies);
        }

        latencies.Clear();
        _intervalStart = now;
        _isBesideBig &= ledger.Bigs.Any(big => !big.IsOver);
    }

    /// <summary>Sends the large messages; what comes now is counted as beside them.</summary>
    public void StartBig()
    {
        Mark();
        _isBesideBig = true;
        foreach (var big in ledger.Bigs)
        {
            big.Start();
        }
    }

    private bool HasBigBegun => ledger.Bigs.Any(big => big.IsStarted);
}
