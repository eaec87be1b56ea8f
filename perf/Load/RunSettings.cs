using OmaIm.Load.Joining;
using OmaIm.Load.Messages;
using OmaIm.Load.Traffic;

namespace OmaIm.Load;

/// <summary>A run, as the command line describes it.</summary>
internal sealed record RunSettings
{
    public required JoinSettings Join { get; init; }

    public required TrafficPlan Traffic { get; init; }

    /// <summary>Load before measuring begins: a just-in-time compiler needs some seconds.</summary>
    public TimeSpan Warm { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>The server's process, to read its CPU time and memory; null for none.</summary>
    public int? Pid { get; init; }

    /// <summary>The server's metrics page; null for none.</summary>
    public Uri? Metrics { get; init; }

    public string? JsonPath { get; init; }

    public string? SvgPath { get; init; }

    /// <summary>Only join, and stay until the run is stopped.</summary>
    public bool Hold { get; init; }

    /// <summary>With <see cref="Hold"/>: where to write the paths of the MSRP connections that others are to make; null: they are made here.</summary>
    public string? PathFile { get; init; }

    /// <summary>What is wrong with the settings, in the words of the command line.</summary>
    public IEnumerable<string> Problems()
    {
        var rules = new (bool Holds, string Otherwise)[]
        {
            (Join.Rooms.Count >= 1, "--rooms is at least 1"),
            (Join.Members >= 2, "--members is at least 2: nobody hears himself"),
            (Join.Accounts.Users.Count >= 1, "--count is at least 1"),
            (Traffic is { Senders: >= 1, Window: >= 1, CheckEvery: >= 1 }, "--senders, --window and --check are at least 1"),
            (Traffic.Stalled >= 0 && Traffic.Senders + Traffic.Stalled <= Join.Members, "--senders and --stall together are at most --members"),
            (Traffic.TextLength >= Marker.Length, $"--size is at least {Marker.Length}, the marker that a message begins with"),
            (Traffic.BigLength == 0 || Traffic.BigLength >= Marker.Length, $"--big is at least {Marker.Length}"),
            (Traffic.ChunkLength >= 1024, "--chunk is at least 1024"),
            (Traffic.Rate >= 0 && Warm >= TimeSpan.Zero, "--rate and --warm are not negative"),
            (Duration > TimeSpan.Zero, "--duration is positive"),
            (PathFile is null || Hold, "--path-file needs --hold"),
        };
        return rules.Where(rule => !rule.Holds).Select(rule => rule.Otherwise);
    }
}
