using OmaIm.Stack.Msrp;

namespace OmaIm.Switch.Relay;

/// <summary>
/// The chunks that one leg has been sent and has not answered, oldest first. Answers come in this order nearly always. Of a chunk with
/// Failure-Report "partial" only an error is answered: it gives way to newer ones.
/// </summary>
internal sealed class UnansweredChunks(int maximum)
{
    private const int SmallestCapacity = 4;

    private const int Excess = 16;

    // Partial ones carry this mark in SentAt, answered ones that are not the oldest are marked by a length of none.
    private const int Partial = int.MinValue;
    private const int Answered = -1;

    private UnansweredChunk[] _chunks = [];
    private int _first;

    public int Count { get; private set; }

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

        ref var chunk = ref At(Count++);
        chunk.SentAt = isPartial ? now | Partial : now;
        return ref chunk;
    }

    /// <summary>Takes the chunk that an answer belongs to. <paramref name="isOldest"/>: nothing before it was left out.</summary>
    public bool TryTake(ulong id, out UnansweredChunk chunk, out bool isOldest)
    {
        for (var i = 0; i < Count; i++)
        {
            ref var candidate = ref At(i);
            if (candidate.Id != id || candidate.Length == Answered)
            {
                continue;
            }

            chunk = candidate;
            isOldest = i == 0;
            candidate.Length = Answered;
            DropAnswered();
            return true;
        }

        chunk = default;
        isOldest = false;
        return false;
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
