namespace OmaIm.Stack.Timing;

/// <summary>
/// A hashed timing wheel: 1,024 slots of 10 ms. Arming and cancelling cost the same however many timers there are (every transaction
/// has two or three). A timer beyond one revolution (10.24 s) stays in its slot until its time has come; the exact due time decides,
/// so that a slot's width never makes a timer early or late. Not thread-safe: it lives inside one loop.
/// </summary>
internal sealed class TimerWheel
{
    internal const long SlotTicks = 10 * TimeSpan.TicksPerMillisecond;
    internal const int SlotCount = 1024;

    private readonly LoopTimer[] _slots = new LoopTimer[SlotCount];
    private long _now;
    private long _sequence;
    private long _nextDue = long.MaxValue;
    private bool _isStale;

    public TimerWheel()
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            _slots[i] = new LoopTimer(null, static () => { });
        }
    }

    /// <summary>When the earliest timer is due; <see cref="long.MaxValue"/>: there is none.</summary>
    public long NextDue
    {
        get
        {
            if (_isStale)
            {
                _nextDue = FindNextDue();
                _isStale = false;
            }

            return _nextDue;
        }
    }

    public void Add(LoopTimer timer, long due)
    {
        timer.Due = due;
        timer.Sequence = ++_sequence;
        timer.State = LoopTimerState.Armed;

        // Due already: the slot of the present is looked at in every turn.
        var head = _slots[SlotOf(Math.Max(due, _now))];
        timer.Previous = head.Previous;
        timer.Next = head;
        head.Previous.Next = timer;
        head.Previous = timer;
        _nextDue = Math.Min(_nextDue, due);
    }

    public void Remove(LoopTimer timer)
    {
        timer.Unlink();
        _isStale |= timer.Due == _nextDue;
    }

    /// <summary>Takes all timers that are due at <paramref name="now"/> from the wheel, in the order of their due times.</summary>
    public void Advance(long now, List<LoopTimer> expired)
    {
        // While stale it is too early, never too late.
        if (now < _nextDue)
        {
            return;
        }

        var first = _now / SlotTicks;
        var last = now / SlotTicks;
        first = Math.Max(first, last - SlotCount + 1);
        for (var slot = first; slot <= last; slot++)
        {
            Collect(_slots[slot % SlotCount], now, expired);
        }

        _now = now;
        _isStale = true;
        expired.Sort(static (a, b) => a.Due != b.Due ? a.Due.CompareTo(b.Due) : a.Sequence.CompareTo(b.Sequence));
    }

    private static int SlotOf(long due) => (int)(due / SlotTicks % SlotCount);

    private static void Collect(LoopTimer head, long now, List<LoopTimer> expired)
    {
        for (var timer = head.Next; timer != head;)
        {
            var next = timer.Next;
            if (timer.Due <= now)
            {
                timer.Unlink();
                timer.State = LoopTimerState.Expired;
                expired.Add(timer);
            }

            timer = next;
        }
    }

    /// <summary>The first slot, from the present on, with a timer of this revolution decides; else the earliest of all.</summary>
    private long FindNextDue()
    {
        var earliest = long.MaxValue;
        var first = _now / SlotTicks;
        for (var slot = first; slot < first + SlotCount; slot++)
        {
            var head = _slots[slot % SlotCount];
            for (var timer = head.Next; timer != head; timer = timer.Next)
            {
                earliest = Math.Min(earliest, timer.Due);
            }

            if (earliest < (slot + 1) * SlotTicks)
            {
                break;
            }
        }

        return earliest;
    }
}
