using OmaIm.Load.Server;

namespace OmaIm.Load.Report;

/// <summary>What the server used while it was measured; null for what could not be read.</summary>
internal sealed record ServerUse
{
    public double? CpuPercent { get; init; }

    public double? DeliveriesPerCpuSecond { get; init; }

    public long? ResidentBytes { get; init; }

    public double? AllocatedBytesPerDelivery { get; init; }

    public long? Collections { get; init; }

    public double? PauseMilliseconds { get; init; }

    /// <summary>Deliveries that leave in one write: what replication optimises.</summary>
    public double? DeliveriesPerWrite { get; init; }

    public static ServerUse Between(ServerSample before, ServerSample after, double seconds, long deliveries)
    {
        var cpu = after.CpuSeconds - before.CpuSeconds;
        return new ServerUse
        {
            CpuPercent = 100 * cpu / seconds,
            DeliveriesPerCpuSecond = cpu > 0 ? deliveries / cpu : null,
            ResidentBytes = after.ResidentBytes,
            AllocatedBytesPerDelivery = deliveries > 0 ? (after.AllocatedBytes - before.AllocatedBytes) / (double)deliveries : null,
            Collections = after.Collections - before.Collections,
            PauseMilliseconds = 1000 * (after.PauseSeconds - before.PauseSeconds),
            DeliveriesPerWrite = after.Writes > before.Writes
                ? (after.Deliveries - before.Deliveries) / (double)(after.Writes - before.Writes)
                : null,
        };
    }
}
