namespace OmaIm.Load.Measuring;

/// <summary>Latencies in microseconds.</summary>
internal sealed record LatencySummary(double P50, double P90, double P99, double P999, double Maximum)
{
    public static LatencySummary Of(LatencyHistogram latencies) => new(
        Microseconds(latencies.ValueAt(0.5)),
        Microseconds(latencies.ValueAt(0.9)),
        Microseconds(latencies.ValueAt(0.99)),
        Microseconds(latencies.ValueAt(0.999)),
        Microseconds(latencies.Maximum));

    public static double Microseconds(long nanoseconds) => nanoseconds / 1000.0;
}
