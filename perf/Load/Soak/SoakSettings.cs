using OmaIm.Load.Traffic;

namespace OmaIm.Load.Soak;

/// <summary>A soak, as the command line describes it.</summary>
internal sealed record SoakSettings
{
    public required RunTarget Target { get; init; }

    /// <summary>Who talks, and at what rate; <see cref="TrafficPlan.Stalled"/> members of each room do not read.</summary>
    public required TrafficPlan Traffic { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>How often the server is looked at.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Members a second, over all rooms, that leave and are replaced.</summary>
    public required double Churn { get; init; }

    /// <summary>Percent of these that do not say goodbye: their connection is reset.</summary>
    public required double KilledPercent { get; init; }

    /// <summary>Percent an hour by which the server's memory may grow.</summary>
    public required double SlopeLimit { get; init; }

    public string? SvgPath { get; init; }

    /// <summary>Members of each room that stay from the start to the end, the senders among them.</summary>
    public int Staying => Math.Max(Traffic.Senders, Target.Join.Members / 2);

    /// <summary>From this place of each room on sit those who stop reading.</summary>
    public int FirstStaller => Target.Join.Members - Traffic.Stalled;

    /// <summary>What must hold, and what is said otherwise, in the words of the command line.</summary>
    public IEnumerable<(bool Holds, string Otherwise)> Rules =>
    [
        .. Target.Rules,
        .. Traffic.Rules(Target.Join.Members),
        (Target.Pid is not null, "--pid is needed: the verdict is about the server's memory and descriptors"),
        (Traffic.IsOpenLoop, "--rate is positive: a soak runs at a fixed rate"),
        (Duration > TimeSpan.Zero && Interval > TimeSpan.Zero, "--minutes and --interval are positive"),
        (Churn >= 0 && KilledPercent is >= 0 and <= 100, "--churn is not negative, --killed is from 0 to 100"),
        (Churn == 0 || Staying < FirstStaller, "--members is too small: half of them stay, some stall, and nobody is left to come and go"),
    ];
}
