using OmaIm.Load.Messages;
using OmaIm.Load.Traffic;

namespace OmaIm.Load;

/// <summary>A run, as the command line describes it.</summary>
internal sealed record RunSettings
{
    public required RunTarget Target { get; init; }

    /// <summary>One-to-one sessions that stand in the place of the target's rooms; 0 for rooms.</summary>
    public int Sessions { get; init; }

    public bool AreSessions => Sessions > 0;

    public required TrafficPlan Traffic { get; init; }

    /// <summary>Load before measuring begins: a just-in-time compiler needs some seconds.</summary>
    public TimeSpan Warm { get; init; }

    public TimeSpan Duration { get; init; }

    public string? SvgPath { get; init; }

    /// <summary>Only join, and stay until the run is stopped.</summary>
    public bool Hold { get; init; }

    /// <summary>With <see cref="Hold"/>: where to write the paths of the MSRP connections that others are to make; null: they are made here.</summary>
    public string? PathFile { get; init; }

    /// <summary>What must hold, and what is said otherwise, in the words of the command line.</summary>
    public IEnumerable<(bool Holds, string Otherwise)> Rules =>
    [
        .. Target.Rules,
        .. Traffic.Rules(Target.Join.Members),
        (Traffic.BigLength == 0 || Traffic.BigLength >= Marker.Length, $"--big is at least {Marker.Length}"),
        (Warm >= TimeSpan.Zero, "--warm is not negative"),
        (Duration > TimeSpan.Zero, "--duration is positive"),
        (PathFile is null || Hold, "--path-file needs --hold"),
        (Sessions >= 0, "--sessions is not negative"),
        (!AreSessions || Target.Join.Accounts.Users.Count >= 2, "--sessions needs two accounts: nobody calls himself"),
    ];
}
