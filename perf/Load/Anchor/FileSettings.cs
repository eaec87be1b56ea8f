namespace OmaIm.Load.Anchor;

/// <summary>A file through an anchored session, as the command line describes it.</summary>
internal sealed record FileSettings
{
    public const int Megabyte = 1_000_000;

    public required RunTarget Target { get; init; }

    /// <summary>Size of the file in MB of 10^6 bytes.</summary>
    public required int Megabytes { get; init; }

    /// <summary>Transfers each way.</summary>
    public required int Runs { get; init; }

    /// <summary>MB by which the server's resident memory may grow.</summary>
    public required double GrowthLimit { get; init; }

    /// <summary>Percent of the plain copy's throughput that the anchored session must reach.</summary>
    public required double LeastPercent { get; init; }

    /// <summary>What must hold, and what is said otherwise, in the words of the command line.</summary>
    public IEnumerable<(bool Holds, string Otherwise)> Rules =>
    [
        (Megabytes >= 1, "--megabytes is at least 1"),
        (Runs >= 1, "--runs is at least 1"),
        (Target.Pid is not null, "--pid is needed: the verdict is about the server's memory"),
        (Target.Join.Accounts.Users.Count >= 2, "two accounts are needed: nobody calls himself"),
    ];
}
