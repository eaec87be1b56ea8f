using OmaIm.Stack.Msrp;

namespace OmaIm.Switch.Relay;

/// <summary>
/// The chunks that one leg has been sent and has not answered, oldest first. The transaction id of each says where it stands, so that no answer,
/// not even an invented one, has to be looked for. Of a chunk with Failure-Report "partial" only an error is answered: it gives way to newer ones.
/// </summary>
internal sealed class UnansweredChunks(int maximum)
{
    /// <summary>The largest maximum: an id tells as many places apart as there are with the excess.</summary>
    public const int Maximum = (int)Places / Excess;

    private const int SmallestCapacity = 4;

    private const int Excess = 16;

    private const uint Places = 1u << TransactionIds.PlaceBits;

    // Partial ones carry this mark in SentAt, answered ones that are not the oldest are marked by a length of none.
    private const int Partial = int.MinValue;
    private const int Answered = -1;

    private UnansweredChunk[] _chunks = [];
    private int _first;

    // How many have been added so far.
    private uint _added;

    public int Count { get; private set; }

    /// <summary>What the lowest <see cref="TransactionIds.PlaceBits"/> bits of the next chunk's id have to be.</summary>
    public uint NextPlace => _added % Places;

    /// <summary>Whether an answer is still to come.</summary>
    public bool IsWaiting
    {
        get
        {
            for (var i = 0; i < Count; i++)
            {
                if (!IsPartial(At(i)) && At(i).Length != Answered)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether nothing more should be sent before something is answered.</summary>
    public bool IsFull => Count >= maximum && !IsPartial(_chunks[_first]);

    public static bool IsPartial(in UnansweredChunk chunk) => chunk.SentAt < 0;

    /// <summary>
    /// Room for a chunk that is sent now, to be filled. Beyond <see cref="IsFull"/>, where both sides say much at once before they answer,
    /// there is room for <see cref="Excess"/> times as many; what is older is forgotten, and nobody reports on it.
    /// </summary>
    public ref UnansweredChunk Add(int now, bool isPartial)
    {
        if (Count >= maximum && (IsPartial(_chunks[_first]) || Count >= Excess * maximum))
        {
            RemoveOldest();
        }

        if (Count == _chunks.Length)
        {
            Grow();
        }

        _added++;
        ref var chunk = ref At(Count++);
        chunk.SentAt = isPartial ? now | Partial : now;
        return ref chunk;
    }

    /// <summary>Takes the chunk that an answer belongs to. <paramref name="isOldest"/>: nothing before it was left out.</summary>
    public bool TryTake(ulong id, out UnansweredChunk chunk, out bool isOldest)
    {
        var place = (int)(((uint)id - (_added - (uint)Count)) % Places);
        if (place >= Count || At(place).Id != id || At(place).Length == Answered)
        {
            chunk = default;
            isOldest = false;
            return false;
        }

        ref var found = ref At(place);
        chunk = found;
        isOldest = place == 0;
        found.Length = Answered;
        DropAnswered();
        return true;
    }

    /// <summary>Takes the oldest chunk if it was sent before <paramref name="limit"/>; of one that is not partial, the wait counts from <paramref name="progress"/>.</summary>
    public bool TryTakeOverdue(int limit, int progress, out UnansweredChunk chunk)
    {
        chunk = Count > 0 ? _chunks[_first] : default;
        var isOverdue = Count > 0 && (IsPartial(chunk) ? chunk.SentAt & ~Partial : Math.Max(chunk.SentAt, progress)) < limit;
        if (isOverdue)
        {
            RemoveOldest();
        }

        return isOverdue;
    }

    /// <summary>Takes the oldest chunk, whatever its age.</summary>
    public bool TryTakeOldest(out UnansweredChunk chunk) => TryTakeOverdue(int.MaxValue, 0, out chunk);

    public void Bring() => CacheLines.Bring(_chunks, 3);

    private void RemoveOldest()
    {
        At(0).Length = Answered;
        DropAnswered();
    }

    private void DropAnswered()
    {
        while (Count > 0 && _chunks[_first].Length == Answered)
        {
            _first = (_first + 1) & (_chunks.Length - 1);
            Count--;
        }
    }

    private ref UnansweredChunk At(int index) => ref _chunks[(_first + index) & (_chunks.Length - 1)];

    private void Grow()
    {
        var larger = new UnansweredChunk[Math.Max(SmallestCapacity, 2 * _chunks.Length)];
        for (var i = 0; i < Count; i++)
        {
            larger[i] = At(i);
        }

        _chunks = larger;
        _first = 0;
    }
}
