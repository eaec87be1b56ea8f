using OmaIm.Load.Measuring;
using OmaIm.Load.Report;

namespace OmaIm.Load.Soak;

/// <summary>Everything that a soak has found out; what --json writes.</summary>
internal sealed record SoakReport
{
    public required Workload Workload { get; init; }

    /// <summary>Percent an hour by which the server's memory may grow.</summary>
    public required double SlopeLimit { get; init; }

    public required double Seconds { get; init; }

    public required long Messages { get; init; }

    public required long Deliveries { get; init; }

    public required long Compared { get; init; }

    public required LatencySummary LatencyMicroseconds { get; init; }

    public required double? ServerCpuPercent { get; init; }

    public required TurnoverCounts Turnover { get; init; }

    public required Faults Faults { get; init; }

    public string? LostBecause { get; init; }

    /// <summary>Why the server could not be looked at any more; null when it could until the end.</summary>
    public string? ServerGone { get; init; }

    public required int? DescriptorsBefore { get; init; }

    /// <summary>Some seconds after everybody had left.</summary>
    public required int? DescriptorsAfter { get; init; }

    public required long? ResidentBytesBefore { get; init; }

    public required long? ResidentBytesAfter { get; init; }

    public bool Interrupted { get; init; }

    public required IReadOnlyList<SoakPoint> Points { get; init; }

    /// <summary>The server's memory in bytes, without the first quarter of the time; null when there are too few points.</summary>
    public LinearTrend? Memory => LinearTrend.AfterWarmUp(
        [.. Points.Where(point => point.ResidentBytes is not null).Select(point => (point.Seconds, (double)point.ResidentBytes!))]);

    public IReadOnlyList<Criterion> Criteria =>
    [
        Criterion.None("deliveries missing, doubled, out of order, damaged, strayed", Faults.Missing + Faults.Doubled + Faults.OutOfOrder + Faults.Damaged + Faults.Strayed),
        Criterion.None("messages refused or overdue, members lost", Faults.Refused + Faults.Overdue + Faults.Lost),
        Criterion.None("joins, goodbyes and deaths that went wrong", Turnover.Failures),
        Criterion.Below("growth of the server's memory", Memory?.PercentPerHour, SlopeLimit, "0.00", " %/h"),
        Criterion.AtMost("descriptors when all had left", DescriptorsAfter, DescriptorsBefore, "N0", ""),
        new Criterion("the server answers to the end", ServerGone ?? "yes", "yes", ServerGone is null),
    ];

    public bool Passed => Criteria.All(criterion => criterion.Holds);
}
