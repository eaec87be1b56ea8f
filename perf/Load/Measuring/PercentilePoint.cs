namespace OmaIm.Load.Measuring;

/// <summary>Point of the latency distribution: so large a share of all deliveries took no longer than so many microseconds.</summary>
internal sealed record PercentilePoint(double Quantile, double Microseconds);
