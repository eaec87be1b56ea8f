using OmaIm.Load.Messages;
using OmaIm.Protocols.Msrp;

namespace OmaIm.Load.Traffic;

/// <summary>What is sent, how often, and what is done to the receivers.</summary>
internal sealed record TrafficPlan
{
    /// <summary>Senders in each room; the other members only listen.</summary>
    public int Senders { get; init; } = 1;

    /// <summary>Bytes of text in a message.</summary>
    public int TextLength { get; init; } = 64;

    /// <summary>Closed loop: messages that each sender has in flight.</summary>
    public int Window { get; init; } = 1;

    /// <summary>Open loop: messages a second over all senders; 0 for the closed loop.</summary>
    public double Rate { get; init; }

    /// <summary>What the senders ask for: yes, and every message is answered 200.</summary>
    public FailureReport FailureReport { get; init; } = FailureReport.Yes;

    /// <summary>Bytes of body in a chunk of the chat messages.</summary>
    public int ChunkLength { get; init; } = 64 * 1024;

    /// <summary>Every so many deliveries one is compared byte by byte.</summary>
    public int CheckEvery { get; init; } = 16;

    /// <summary>Members of each room that stop reading after the warm-up.</summary>
    public int Stalled { get; init; }

    /// <summary>Bytes of the one large message through each room; 0 for none.</summary>
    public int BigLength { get; init; }

    public bool IsOpenLoop => Rate > 0;

    /// <summary>What must hold, and what is said otherwise, in the words of the command line.</summary>
    /// <param name="members">Members of each room.</param>
    public IEnumerable<(bool Holds, string Otherwise)> Rules(int members) =>
    [
        (Senders >= 1 && Window >= 1 && CheckEvery >= 1, "--senders, --window and --check are at least 1"),
        (Stalled >= 0 && Senders + Stalled <= members, "--senders and --stall together are at most --members"),
        (TextLength >= Marker.Length, $"--size is at least {Marker.Length}, the marker that a message begins with"),
        (ChunkLength >= 1024, "--chunk is at least 1024"),
        (Rate >= 0, "--rate is not negative"),
    ];
}
