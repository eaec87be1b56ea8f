using OmaIm.Load.Traffic;

namespace OmaIm.Load.Stall;

/// <summary>Members that stop reading, as the command line describes them.</summary>
internal sealed record StallSettings
{
    public required RunTarget Target { get; init; }

    /// <summary>Who talks, and at what rate; <see cref="TrafficPlan.Stalled"/> members of each room stop reading.</summary>
    public required TrafficPlan Traffic { get; init; }

    public required TimeSpan Warm { get; init; }

    /// <summary>How long the time before is measured.</summary>
    public required TimeSpan Before { get; init; }

    /// <summary>How long the server may take to cut off those who do not read.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>Members over all rooms that stop reading.</summary>
    public int Stalled => Target.Join.Rooms.Count * Traffic.Stalled;

    /// <summary>What must hold, and what is said otherwise, in the words of the command line.</summary>
    public IEnumerable<(bool Holds, string Otherwise)> Rules =>
    [
        .. Target.Rules,
        .. Traffic.Rules(Target.Join.Members),
        (Target.Pid is not null, "--pid is needed: the verdict is about the server's memory"),
        (Traffic.IsOpenLoop, "--rate is positive: what is compared runs at a fixed rate"),
        (Traffic.Stalled >= 1 && Traffic.Senders + Traffic.Stalled < Target.Join.Members, "--stall is at least 1 and leaves members who listen"),
        (Warm >= TimeSpan.Zero, "--warm is not negative"),
        (Before > TimeSpan.Zero && Patience > TimeSpan.Zero, "--before and --patience are positive"),
    ];
}
