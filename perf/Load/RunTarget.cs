using OmaIm.Load.Joining;

namespace OmaIm.Load;

/// <summary>What every run knows: who joins what, how the server is looked at, where the report goes.</summary>
internal sealed record RunTarget
{
    public required JoinSettings Join { get; init; }

    /// <summary>The server's process, to read its CPU time, memory and descriptors; null for none.</summary>
    public int? Pid { get; init; }

    /// <summary>The server's metrics page; null for none.</summary>
    public Uri? Metrics { get; init; }

    public string? JsonPath { get; init; }

    /// <summary>Members over all rooms.</summary>
    public int TotalMembers => Join.Rooms.Count * Join.Members;

    /// <summary>The same, with one-to-one sessions instead of rooms.</summary>
    public RunTarget WithSessions(int count) => this with { Join = Join with { Rooms = [.. RoomNames.OfSessions(count, Join.Domain)], Members = 2 } };

    /// <summary>What must hold, and what is said otherwise, in the words of the command line.</summary>
    public IEnumerable<(bool Holds, string Otherwise)> Rules =>
    [
        (Join.Rooms.Count >= 1, "--rooms is at least 1"),
        (Join.Members >= 2, "--members is at least 2: nobody hears himself"),
        (Join.Accounts.Users.Count >= 1, "--count is at least 1"),
    ];
}
