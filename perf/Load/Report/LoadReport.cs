using OmaIm.Load.Measuring;

namespace OmaIm.Load.Report;

/// <summary>Everything that a run has found out; what --json writes.</summary>
internal sealed record LoadReport
{
    public required Workload Workload { get; init; }

    public required double JoinSeconds { get; init; }

    /// <summary>Measured time, without warm-up.</summary>
    public required double Seconds { get; init; }

    /// <summary>Messages sent over the whole run.</summary>
    public required long Messages { get; init; }

    /// <summary>Deliveries in the measured time.</summary>
    public required long Deliveries { get; init; }

    public double DeliveriesPerSecond => Deliveries / Seconds;

    /// <summary>Deliveries that were compared byte by byte, over the whole run.</summary>
    public required long Compared { get; init; }

    public required LatencySummary LatencyMicroseconds { get; init; }

    public required ServerUse Server { get; init; }

    /// <summary>CPU time of this driver: at 100 % it, and not the server, was the limit.</summary>
    public required double DriverCpuPercent { get; init; }

    public required Faults Faults { get; init; }

    /// <summary>Why the first of the lost members was lost.</summary>
    public string? LostBecause { get; init; }

    public BigReport? Big { get; init; }

    public StallReport? Stall { get; init; }

    /// <summary>Whether the run was stopped before its time.</summary>
    public bool Interrupted { get; init; }

    public required IReadOnlyList<TimelinePoint> Timeline { get; init; }

    public required IReadOnlyList<PercentilePoint> Percentiles { get; init; }
}
