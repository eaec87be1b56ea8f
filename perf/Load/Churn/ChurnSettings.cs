using OmaIm.Load.Traffic;

namespace OmaIm.Load.Churn;

/// <summary>Connections that come to nothing, as the command line describes them.</summary>
internal sealed record ChurnSettings
{
    public required RunTarget Target { get; init; }

    /// <summary>Who talks beside, and at what rate.</summary>
    public required TrafficPlan Traffic { get; init; }

    public required TimeSpan Warm { get; init; }

    /// <summary>How long the time before is measured, and how long the time beside at least.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Connections a second that are made and closed at once.</summary>
    public required double Connections { get; init; }

    /// <summary>Connections that are made and say nothing.</summary>
    public required int Silent { get; init; }

    /// <summary>How many of them are made in a second.</summary>
    public required double SilentRate { get; init; }

    /// <summary>How long it takes to make them.</summary>
    public TimeSpan SilentTime => TimeSpan.FromSeconds(Silent / SilentRate);

    /// <summary>How long the server lets a connection be silent, by its configuration.</summary>
    public required TimeSpan FirstByte { get; init; }

    /// <summary>What must hold, and what is said otherwise, in the words of the command line.</summary>
    public IEnumerable<(bool Holds, string Otherwise)> Rules =>
    [
        .. Target.Rules,
        .. Traffic.Rules(Target.Join.Members),
        (Target.Pid is not null, "--pid is needed: the verdict is about the server's descriptors"),
        (Target.Metrics is not null, "--metrics is needed: the connections that the server has accepted are counted there"),
        (Traffic.IsOpenLoop, "--rate is positive: what is compared runs at a fixed rate"),
        (Connections >= 0 && Silent >= 0 && Connections + Silent > 0, "--connections and --silent are not negative, and one of them is positive"),
        (SilentRate > 0, "--silent-rate is positive"),
        (Warm >= TimeSpan.Zero, "--warm is not negative"),
        (Duration > TimeSpan.Zero && FirstByte > TimeSpan.Zero, "--duration and --first-byte are positive"),
    ];
}
