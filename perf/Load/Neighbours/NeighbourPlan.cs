using System.Net;
using OmaIm.Load.Joining;
using OmaIm.Load.Messages;

namespace OmaIm.Load.Neighbours;

/// <summary>A run against another server: topics, everybody in one of them, the first ones of each talk.</summary>
internal sealed record NeighbourPlan
{
    public required IPEndPoint Server { get; init; }

    public int Topics { get; init; } = 1;

    /// <summary>Members of each topic.</summary>
    public int Members { get; init; } = 100;

    /// <summary>Senders in each topic.</summary>
    public int Senders { get; init; } = 1;

    /// <summary>Messages that each sender has in flight.</summary>
    public int Window { get; init; } = 1;

    public int TextLength { get; init; } = 64;

    public TimeSpan Warm { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Of sessions that stand already: the paths of each member of all topics.</summary>
    public IReadOnlyList<MemberPath> Paths { get; init; } = [];

    /// <summary>The server's process, which is looked at together with its child processes; null for none.</summary>
    public int? Pid { get; init; }

    public string? JsonPath { get; init; }

    /// <summary>What must hold, and what is said otherwise, in the words of the command line.</summary>
    public IEnumerable<(bool Holds, string Otherwise)> Rules =>
    [
        (Topics >= 1, "--topics is at least 1"),
        (Members >= 2, "--members is at least 2"),
        (Senders >= 1 && Senders <= Members, "--senders is between 1 and --members"),
        (Window >= 1, "--window is at least 1"),
        (TextLength >= Marker.Length, $"--size is at least {Marker.Length}, the marker that a message begins with"),
        (Warm >= TimeSpan.Zero, "--warm is not negative"),
        (Duration > TimeSpan.Zero, "--duration is positive"),
    ];
}
