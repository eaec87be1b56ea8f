namespace OmaIm.Load.Measuring;

/// <summary>
/// What one member has received of each sender: every message exactly once and in order is the rule. Numbers begin at 0. As long as the
/// rule holds, it costs one comparison and no memory; only gaps are remembered.
/// </summary>
internal sealed class SequenceCheck(int senders)
{
    private readonly int[] _next = new int[senders];
    private readonly HashSet<(int Sender, int Sequence)> _gaps = [];

    /// <summary>The number that is due from a sender.</summary>
    public int Next(int sender) => _next[sender];

    public SequenceVerdict Observe(int sender, int sequence)
    {
        ref var next = ref _next[sender];
        if (sequence == next)
        {
            next++;
            return SequenceVerdict.InOrder;
        }

        if (sequence < next)
        {
            return _gaps.Remove((sender, sequence)) ? SequenceVerdict.OutOfOrder : SequenceVerdict.Doubled;
        }

        while (next < sequence)
        {
            _gaps.Add((sender, next++));
        }

        next++;
        return SequenceVerdict.AfterGap;
    }

    /// <summary>The numbers below <paramref name="sent"/> that have not come.</summary>
    public IEnumerable<int> Outstanding(int sender, int sent) => _gaps
        .Where(gap => gap.Sender == sender)
        .Select(gap => gap.Sequence)
        .Concat(Enumerable.Range(_next[sender], Math.Max(0, sent - _next[sender])));
}
