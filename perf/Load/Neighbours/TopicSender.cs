using System.Numerics;

namespace OmaIm.Load.Neighbours;

/// <summary>A session that talks. A message is in flight until all who should hear it have it.</summary>
internal sealed class TopicSender(NeighbourSession session, int index, int window, int receivers)
{
    // A ring of the messages in flight, found by the low bits of their number: how many still wait for each.
    private readonly int[] _awaited = new int[BitOperations.RoundUpToPowerOf2((uint)window)];

    public NeighbourSession Session { get; } = session;

    /// <summary>Number of the sender in his topic.</summary>
    public int Index { get; } = index;

    /// <summary>Messages sent so far: the number of the next one.</summary>
    public int Sent { get; private set; }

    public int InFlight { get; private set; }

    /// <summary>Whether the sender stands in the queue of those who may send again.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Whether the window has room, and the message that had the next one's place has landed.</summary>
    public bool MaySend => InFlight < window && _awaited[Sent & (_awaited.Length - 1)] == 0;

    /// <summary>Counts a message as sent; returns its number.</summary>
    public int Send()
    {
        InFlight++;
        _awaited[Sent & (_awaited.Length - 1)] = receivers;
        return Sent++;
    }

    /// <summary>One of the receivers has a message; true when it was the last of them.</summary>
    public bool Arrive(int sequence)
    {
        if (--_awaited[sequence & (_awaited.Length - 1)] > 0)
        {
            return false;
        }

        InFlight--;
        return true;
    }
}
