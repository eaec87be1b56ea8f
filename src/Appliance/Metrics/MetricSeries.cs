namespace OmaIm.Appliance.Metrics;

/// <summary>One combination of labels: a value, or the counts of a histogram.</summary>
internal sealed class MetricSeries(string labels, IReadOnlyList<double> bounds)
{
    private readonly long[] _buckets = new long[bounds.Count + 1];

    /// <summary>As they stand between the braces; empty without labels.</summary>
    public string Labels { get; } = labels;

    /// <summary>The value, or a histogram's sum.</summary>
    public double Value { get; set; }

    /// <summary>How often was measured at or below each bound; the last is everything.</summary>
    public IEnumerable<long> CumulativeCounts
    {
        get
        {
            var sum = 0L;
            foreach (var count in _buckets)
            {
                sum += count;
                yield return sum;
            }
        }
    }

    public void Record(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Count && value > bounds[bucket])
        {
            bucket++;
        }

        _buckets[bucket]++;
        Value += value;
    }
}
