using OmaIm.Load.Measuring;
using OmaIm.Load.Report;
using OmaIm.Load.Traffic;

namespace OmaIm.Load.Churn;

/// <summary>What connections that come to nothing have done to the members and to the server; what --json writes.</summary>
internal sealed record ChurnReport
{
    /// <summary>By what factor the members' p99 may rise.</summary>
    private const double P99Factor = 1.5;

    /// <summary>Seconds beyond its configured time in which the server must have closed who is silent: it looks once a second.</summary>
    private const double Grace = 2;

    /// <summary>A connection that takes longer was not accepted in time: TCP has tried again.</summary>
    private const double LongestConnect = 1000;

    public required Workload Workload { get; init; }

    public required Stretch Before { get; init; }

    public required Stretch Beside { get; init; }

    /// <summary>Connections made and closed.</summary>
    public required long Made { get; init; }

    /// <summary>What was asked for.</summary>
    public required double ConnectionsPerSecondAsked { get; init; }

    /// <summary>How long it was done.</summary>
    public required double KnockedSeconds { get; init; }

    public required long Failed { get; init; }

    public string? FirstFailure { get; init; }

    public required double SlowestConnectMilliseconds { get; init; }

    /// <summary>Connections that the server has accepted meanwhile, by its own count.</summary>
    public required long? Accepted { get; init; }

    public required int Silent { get; init; }

    public required int SilentClosed { get; init; }

    public required double? FirstClosedSeconds { get; init; }

    public required double? LastClosedSeconds { get; init; }

    public required double FirstByteSeconds { get; init; }

    public required int? DescriptorsBefore { get; init; }

    /// <summary>The most connections that were open at a time, members included.</summary>
    public required long? ConnectionsMost { get; init; }

    /// <summary>Some seconds after the last connection.</summary>
    public required int? DescriptorsAfter { get; init; }

    /// <summary>Why nobody could come in afterwards; null when somebody could.</summary>
    public required string? NewcomerRefused { get; init; }

    public required Faults Faults { get; init; }

    public string? LostBecause { get; init; }

    public IReadOnlyList<Criterion> Criteria =>
    [
        Criterion.AtMost("the members' p99 beside", Beside.LatencyMicroseconds.P99 / 1000, P99Factor * Before.LatencyMicroseconds.P99 / 1000, "N2", " ms"),
        Criterion.None("connections that could not be made", Failed),
        Criterion.AtMost("slowest connection", SlowestConnectMilliseconds, LongestConnect, "N0", " ms"),
        Criterion.AtLeast("connections accepted", Accepted, Made + Silent, "N0", ""),
        Criterion.None("silent connections that were not closed", Silent - SilentClosed),
        .. SilentTime,
        Criterion.AtMost("descriptors afterwards", DescriptorsAfter, DescriptorsBefore, "N0", ""),
        new Criterion("a newcomer afterwards", NewcomerRefused ?? "let in", "let in", NewcomerRefused is null),
        Criterion.None("faults among the members", Faults.Total),
    ];

    public bool Passed => Criteria.All(criterion => criterion.Holds);

    private IEnumerable<Criterion> SilentTime => Silent == 0
        ? []
        : [Criterion.AtMost("the last of them was closed after", LastClosedSeconds, FirstByteSeconds + Grace, "N1", " s")];

    public IEnumerable<(string Name, string Value)> Rows()
    {
        yield return ("before: deliveries/s, p50 / p99 / maximum", Before.ToString());
        yield return ("beside: deliveries/s, p50 / p99 / maximum", Beside.ToString());
        yield return ("made and closed", Figure.Text($"{Made:N0}, {Made / KnockedSeconds:N0}/s of {ConnectionsPerSecondAsked:N0}/s"));
        yield return ("silent, closed", Figure.Text($"{Silent:N0}, {SilentClosed:N0}{(FirstClosedSeconds is { } first ? Figure.Text($" after {first:N1} to {LastClosedSeconds:N1} s") : "")}"));
        yield return ("connections open at a time, at most", Figure.Known(ConnectionsMost, "N0"));
        yield return ("descriptors before / afterwards", $"{Figure.Known(DescriptorsBefore, "N0")} / {Figure.Known(DescriptorsAfter, "N0")}");
        foreach (var (name, count) in Faults.ByKind.Where(fault => fault.Count > 0))
        {
            yield return (name, Figure.Text($"{count:N0}"));
        }

        if ((FirstFailure ?? LostBecause) is { } reason)
        {
            yield return ("first thing that went wrong", reason);
        }
    }
}
