namespace OmaIm.Load.Measuring;

/// <summary>One interval of the run.</summary>
/// <param name="Seconds">End of the interval, counted from the start of measuring.</param>
internal sealed record TimelinePoint(double Seconds, double DeliveriesPerSecond, LatencySummary Latency);
