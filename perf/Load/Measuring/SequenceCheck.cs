namespace OmaIm.Load.Measuring;

/// <summary>
/// What one member has received of each sender: every message exactly once and in order is the rule. Numbers begin at 0. As long as the
/// rule holds, it costs one comparison and no memory; only gaps are remembered.
/// </summary>
/// <param name="due">
/// The number from which on each sender must be heard. Who joins in the middle may hear some of what was under way before, and then everything
/// behind it.
/// </param>
internal sealed class SequenceCheck(int[] due)
{
    private readonly int[] _next = [.. due];
    private readonly HashSet<(int Sender, int Sequence)> _gaps = [];

    // Senders of whom something came that was said before it was due.
    private readonly HashSet<int> _early = [];

    /// <summary>For a member who is there from the start.</summary>
    public SequenceCheck(int senders)
        : this(new int[senders])
    {
    }

    /// <summary>The number that is due from a sender.</summary>
    public int Next(int sender) => _next[sender];

    /// <summary>Whether the sender waits for this member to have that message.</summary>
    public bool IsDue(int sender, int sequence) => sequence >= due[sender];

    public SequenceVerdict Observe(int sender, int sequence)
    {
        ref var next = ref _next[sender];
        if (sequence == next)
        {
            next++;
            return SequenceVerdict.InOrder;
        }

        if (sequence < next && next == due[sender] && _early.Add(sender))
        {
            next = sequence + 1;
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

    /// <summary>The numbers that were overtaken by later ones and have not come.</summary>
    public IEnumerable<int> Gaps(int sender) => _gaps.Where(gap => gap.Sender == sender).Select(gap => gap.Sequence);

    /// <summary>The numbers below <paramref name="sent"/> that have not come.</summary>
    public IEnumerable<int> Outstanding(int sender, int sent) => Gaps(sender)
        .Concat(Enumerable.Range(_next[sender], Math.Max(0, sent - _next[sender])));
}
