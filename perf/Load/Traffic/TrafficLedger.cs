using OmaIm.Load.Measuring;
using OmaIm.Load.Messages;

namespace OmaIm.Load.Traffic;

/// <summary>
/// The book of what was sent and what came: every delivery is checked against its sender and its latency is counted. On the loop's thread,
/// without allocating for a delivery.
/// </summary>
internal sealed class TrafficLedger(TrafficPlan plan)
{
    private readonly List<Sender> _senders = [];
    private readonly List<BigTransfer> _bigs = [];
    private int _untilCheck = plan.CheckEvery;
    private long _missingOfGone;

    /// <summary>Hears of every message that has reached all its receivers.</summary>
    public Action<Sender>? Landed { get; set; }

    public IReadOnlyList<Sender> Senders => _senders;

    public IReadOnlyList<BigTransfer> Bigs => _bigs;

    public int TextLength { get; } = plan.TextLength;

    public Faults Faults { get; } = new();

    /// <summary>Deliveries since the start of the run.</summary>
    public long Deliveries { get; private set; }

    /// <summary>Of these, compared byte by byte.</summary>
    public long Compared { get; private set; }

    /// <summary>Latencies since it was last cleared.</summary>
    public LatencyHistogram Latencies { get; } = new();

    /// <summary>Adds a sender; his template's number must be the count of those before.</summary>
    public void Add(Sender sender)
    {
        _senders.Add(sender);
        sender.Room.Senders.Add(sender);
    }

    /// <summary>Adds a large message, whose sender number continues behind the senders'.</summary>
    public void Add(BigTransfer big)
    {
        _bigs.Add(big);
        big.Room.Big = big;
    }

    /// <summary>A whole chat message has come to a member.</summary>
    /// <param name="readAt">When its last byte was read.</param>
    public void Take(LoadMember member, in Marker marker, ReadOnlySpan<byte> body, long readAt)
    {
        if (marker.Sender >= (uint)_senders.Count || marker.Sequence >= _senders[(int)marker.Sender].Sent)
        {
            Faults.Damaged++;
            return;
        }

        var sender = _senders[(int)marker.Sender];
        if (sender.Room != member.Room || sender.Member == member)
        {
            Faults.Strayed++;
            return;
        }

        if (!Observe(member, sender, marker.Sequence))
        {
            return;
        }

        Deliveries++;
        Latencies.Record(readAt - marker.Due);
        if (--_untilCheck == 0)
        {
            _untilCheck = plan.CheckEvery;
            Compared++;
            Faults.Damaged += sender.IsIntact(body) ? 0 : 1;
        }
    }

    /// <summary>The large message whose marker this is, or null.</summary>
    public BigTransfer? FindBig(in Marker marker)
    {
        var number = marker.Sender - (long)_senders.Count;
        return number >= 0 && number < _bigs.Count ? _bigs[(int)number] : null;
    }

    /// <summary>A large message has come whole to a member.</summary>
    public void TakeBig(LoadMember member, BigTransfer big, ReadOnlySpan<byte> sha256)
    {
        if (big.Room != member.Room || big.From == member || !big.IsStarted)
        {
            Faults.Strayed++;
        }
        else if (member.Sequences.Observe(big.Index, 0) == SequenceVerdict.Doubled)
        {
            Faults.Doubled++;
        }
        else if (!big.Verify(sha256))
        {
            Faults.Damaged++;
        }
    }

    public void OnLanded(Sender sender) => Landed?.Invoke(sender);

    public void CountDamaged() => Faults.Damaged++;

    public void CountStrayed() => Faults.Strayed++;

    public void CountRefused() => Faults.Refused++;

    public void CountOverdue() => Faults.Overdue++;

    public void CountLost() => Faults.Lost++;

    /// <summary>A member listens no longer: what later messages have overtaken will not come any more, and nobody waits for the rest.</summary>
    public void Dismiss(LoadMember member)
    {
        foreach (var sender in member.Room.Senders.Where(sender => sender.Member != member))
        {
            _missingOfGone += member.Sequences.Gaps(sender.Index).Count(sequence => !sender.WasRefused(sequence));
            Release(member, sender, sender.Sent);
        }
    }

    /// <summary>At the end: counts what has not come to those who still listen, and the gaps of those who listen no longer.</summary>
    public void CountMissing(IEnumerable<LoadRoom> rooms)
    {
        Faults.Missing = _missingOfGone;
        foreach (var room in rooms)
        {
            foreach (var member in room.Members.Where(member => member.IsListening))
            {
                Faults.Missing += MissingOf(member);
            }
        }
    }

    private static long MissingOf(LoadMember member)
    {
        var missing = 0L;
        foreach (var sender in member.Room.Senders.Where(sender => sender.Member != member))
        {
            missing += member.Sequences.Outstanding(sender.Index, sender.Sent).Count(sequence => !sender.WasRefused(sequence));
        }

        var big = member.Room.Big;
        return missing + (big is { IsStarted: true } && big.From != member && member.Sequences.Next(big.Index) == 0 ? 1 : 0);
    }

    /// <summary>Whether a delivery is one that has not been counted; a later sequence number releases those that it has overtaken.</summary>
    private bool Observe(LoadMember member, Sender sender, int sequence)
    {
        Release(member, sender, sequence);
        switch (member.Sequences.Observe(sender.Index, sequence))
        {
            case SequenceVerdict.Doubled:
                Faults.Doubled++;
                return false;
            case SequenceVerdict.OutOfOrder:
                Faults.OutOfOrder++;
                return true;
        }

        if (member.Sequences.IsDue(sender.Index, sequence))
        {
            sender.OnArrival(sequence);
        }

        return true;
    }

    /// <summary>The sender waits no longer for this member to have what comes before a number.</summary>
    private static void Release(LoadMember member, Sender sender, int before)
    {
        for (var sequence = member.Sequences.Next(sender.Index); sequence < before; sequence++)
        {
            if (member.Sequences.IsDue(sender.Index, sequence))
            {
                sender.OnArrival(sequence);
            }
        }
    }
}
