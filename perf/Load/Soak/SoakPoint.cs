using OmaIm.Load.Server;

namespace OmaIm.Load.Soak;

/// <summary>The server and the traffic at one moment of a soak.</summary>
/// <param name="Seconds">Since the start of the talking.</param>
/// <param name="CpuPercent">Of a core, since the point before.</param>
/// <param name="P99Microseconds">Of the deliveries since the point before.</param>
internal sealed record SoakPoint(
    double Seconds,
    long? ResidentBytes,
    long? HeapBytes,
    int? Descriptors,
    long? Connections,
    double? CpuPercent,
    double DeliveriesPerSecond,
    double P99Microseconds)
{
    public static SoakPoint Between(double seconds, double before, ServerSample then, ServerSample now, double deliveriesPerSecond, double p99) => new(
        seconds,
        now.ResidentBytes,
        now.HeapBytes,
        now.Descriptors,
        now.Connections,
        100 * (now.CpuSeconds - then.CpuSeconds) / (seconds - before),
        deliveriesPerSecond,
        p99);
}
