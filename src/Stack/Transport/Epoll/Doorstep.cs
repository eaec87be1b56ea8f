using System.Net;

namespace OmaIm.Stack.Transport.Epoll;

/// <summary>
/// Accepted connections of which nothing has come yet. One that says nothing, or goes as it came, costs its descriptor and a line in this
/// list: no object of Kestrel's, no task, no other thread. On the listener's thread.
/// </summary>
internal sealed class Doorstep(EpollSet set, int firstSlot, TimeProvider time, TimeSpan firstByte)
{
    private readonly Stack<int> _free = new();

    // By slot; and all of them in the order in which their time is over.
    private readonly List<LinkedListNode<Waiting>?> _slots = [];
    private readonly LinkedList<Waiting> _waiting = [];
    private readonly long _patience = (long)(firstByte.TotalSeconds * time.TimestampFrequency);

    /// <exception cref="IOException">The kernel watches no more descriptors.</exception>
    public void Add(int descriptor, IPEndPoint remote)
    {
        if (!_free.TryPop(out var index))
        {
            index = _slots.Count;
            _slots.Add(null);
        }

        try
        {
            set.Add(descriptor, firstSlot + index);
        }
        catch
        {
            _free.Push(index);
            throw;
        }

        _slots[index] = _waiting.AddLast(new Waiting(descriptor, remote, index, time.GetTimestamp() + _patience));
    }

    /// <summary>Who waits under a slot of the set; null when he has been removed while events were being served.</summary>
    public Waiting? At(int slot) => _slots[slot - firstSlot]?.Value;

    public void Remove(Waiting connection)
    {
        set.Remove(connection.Descriptor);
        _waiting.Remove(_slots[connection.Index]!);
        _slots[connection.Index] = null;
        _free.Push(connection.Index);
    }

    /// <summary>The one who has waited longest, if he has for too long.</summary>
    public Waiting? Overdue() => _waiting.First is { } first && first.Value.Due <= time.GetTimestamp() ? first.Value : null;

    /// <summary>The one who has waited longest.</summary>
    public Waiting? First => _waiting.First?.Value;

    /// <summary>How long nobody's time will be over.</summary>
    public TimeSpan Patience
    {
        get
        {
            var now = time.GetTimestamp();
            return _waiting.First is not { } first ? Timeout.InfiniteTimeSpan
                : first.Value.Due <= now ? TimeSpan.Zero : time.GetElapsedTime(now, first.Value.Due);
        }
    }

    /// <param name="Descriptor">Of the connection.</param>
    /// <param name="Remote">Its peer.</param>
    /// <param name="Index">Its place here.</param>
    /// <param name="Due">When its time is over.</param>
    internal sealed record Waiting(int Descriptor, IPEndPoint Remote, int Index, long Due);
}
