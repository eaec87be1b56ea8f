using OmaIm.Load.Measuring;

namespace OmaIm.Load.Traffic;

/// <summary>
/// Decides who sends when. Closed loop: whose message has landed sends the next one, once everything that was ready has been read.
/// Open loop: every message has its time, whatever became of those before, so that a server that falls behind is seen to.
/// On the loop's thread.
/// </summary>
internal sealed class SendQueue(TrafficPlan plan, TrafficLedger ledger)
{
    private readonly List<Sender> _queued = [];
    private bool _isSending;
    private long _startedAt;
    private long _count;

    public void Start()
    {
        _isSending = true;
        _startedAt = Clock.Now;
        if (!plan.IsOpenLoop)
        {
            ledger.Landed = Queue;
            foreach (var sender in ledger.Senders)
            {
                Queue(sender);
            }
        }
    }

    public void Stop() => _isSending = false;

    /// <summary>Sends what may be sent; returns when to come again.</summary>
    public long Turn()
    {
        if (!_isSending)
        {
            return long.MaxValue;
        }

        return plan.IsOpenLoop ? SendDue() : SendQueued();
    }

    private long SendQueued()
    {
        var now = Clock.Now;
        foreach (var sender in _queued)
        {
            sender.IsQueued = false;
            var room = plan.Window - sender.InFlight;
            while (room > 0 && sender.TryRender(now))
            {
                room--;
            }

            sender.Member.Flush();
        }

        _queued.Clear();
        return long.MaxValue;
    }

    private long SendDue()
    {
        var now = Clock.Now;
        var due = DueTime(_count);
        while (due <= now)
        {
            var sender = ledger.Senders[(int)(_count % ledger.Senders.Count)];
            if (sender.TryRender(due))
            {
                sender.Member.Flush();
            }
            else if (sender.Member.IsListening)
            {
                ledger.CountOverdue();
            }

            due = DueTime(++_count);
        }

        return due;
    }

    private long DueTime(long count) => _startedAt + (long)(count * (Clock.Second / plan.Rate));

    private void Queue(Sender sender)
    {
        if (_isSending && !sender.IsQueued)
        {
            sender.IsQueued = true;
            _queued.Add(sender);
        }
    }
}
