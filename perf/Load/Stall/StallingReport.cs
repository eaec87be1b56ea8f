using OmaIm.Load.Measuring;
using OmaIm.Load.Report;
using OmaIm.Load.Traffic;

namespace OmaIm.Load.Stall;

/// <summary>What members that stop reading have done to the others and to the server; what --json writes.</summary>
internal sealed record StallingReport
{
    /// <summary>By how much the others' p99 may rise: this factor, and this much on top.</summary>
    private const double P99Factor = 1.10;
    private const double P99Allowance = 2_000;

    /// <summary>What the server may spend on one who does not read.</summary>
    private const double BytesEach = 256 * 1024;

    /// <summary>The share of the deliveries that those who read must still get.</summary>
    private const double Throughput = 95;

    public required Workload Workload { get; init; }

    /// <summary>Members who stop reading and members who read, each over all rooms.</summary>
    public required int Stalled { get; init; }

    public required int Reading { get; init; }

    public required double PatienceSeconds { get; init; }

    /// <summary>The time before, when all read.</summary>
    public required Stretch Before { get; init; }

    /// <summary>From when they stopped reading to when the last of them was cut off, some seconds at least.</summary>
    public required Stretch Beside { get; init; }

    /// <summary>The most memory of the server that was resident before.</summary>
    public required long? ResidentBytesBefore { get; init; }

    /// <summary>The most from before to the end of the time beside.</summary>
    public required long? ResidentBytesBeside { get; init; }

    /// <summary>Of those who stopped reading, whom the server has cut off.</summary>
    public required int CutOff { get; init; }

    public required double? FirstCutOffSeconds { get; init; }

    public required double? LastCutOffSeconds { get; init; }

    public required Faults Faults { get; init; }

    public string? LostBecause { get; init; }

    public double? BytesAStalledMember => (double?)(ResidentBytesBeside - ResidentBytesBefore) / Stalled;

    /// <summary>Deliveries a second to a member who reads, in percent of what he got before.</summary>
    public double ThroughputPercent => 100 * (Beside.DeliveriesPerSecond / Reading) / (Before.DeliveriesPerSecond / (Reading + Stalled));

    public IReadOnlyList<Criterion> Criteria =>
    [
        Criterion.AtMost("the others' p99 beside", Milliseconds(Beside.LatencyMicroseconds.P99), Milliseconds((P99Factor * Before.LatencyMicroseconds.P99) + P99Allowance), "N2", " ms"),
        Criterion.AtLeast("deliveries that the others get", ThroughputPercent, Throughput, "N1", " %"),
        Criterion.AtMost("server memory for each who does not read", BytesAStalledMember / 1024, BytesEach / 1024, "N0", " KiB"),
        Criterion.None("members that do not read and are not cut off", Stalled - CutOff),
        Criterion.None("faults among the others", Faults.Total),
    ];

    public bool Passed => Criteria.All(criterion => criterion.Holds);

    public IEnumerable<(string Name, string Value)> Rows()
    {
        yield return ("stopped reading / read on", Figure.Text($"{Stalled:N0} / {Reading:N0}"));
        yield return ("before: deliveries/s, p50 / p99 / maximum", Before.ToString());
        yield return ("beside: deliveries/s, p50 / p99 / maximum", Beside.ToString());
        yield return ("beside lasted", Figure.Text($"{Beside.Seconds:N1} s"));
        yield return ("server memory, at most, before / beside", $"{Figure.Mebibytes(ResidentBytesBefore)} / {Figure.Mebibytes(ResidentBytesBeside)}");
        yield return ("cut off", Figure.Text($"{CutOff:N0}{(FirstCutOffSeconds is { } first ? Figure.Text($", after {first:N1} to {LastCutOffSeconds:N1} s") : "")}"));
        foreach (var (name, count) in Faults.ByKind.Where(fault => fault.Count > 0))
        {
            yield return (name, Figure.Text($"{count:N0}"));
        }

        if (LostBecause is { } reason)
        {
            yield return ("lost because", reason);
        }
    }

    private static double Milliseconds(double microseconds) => microseconds / 1000;
}
