using OmaIm.Load.Measuring;
using OmaIm.Load.Messages;
using OmaIm.Load.Wire;

namespace OmaIm.Load.Neighbours;

/// <summary>
/// The closed loop around another server, and the book of it: every delivery is checked, and whose message has reached all sends the next one,
/// once everything that was ready has been read. On the loop's thread, without allocating for a delivery.
/// </summary>
internal sealed class FanOut
{
    private readonly List<NeighbourSession> _sessions = [];
    private readonly List<TopicSender> _senders = [];
    private readonly List<TopicSender> _queued = [];
    private readonly byte[] _text;
    private bool _isSending;

    public FanOut(NeighbourPlan plan)
    {
        Plan = plan;
        Loop.Turn = Turn;
        _text = new byte[plan.TextLength];
        _text.AsSpan().Fill((byte)'x');
    }

    public NeighbourPlan Plan { get; }

    public WireLoop Loop { get; } = new();

    public IReadOnlyList<NeighbourSession> Sessions => _sessions;

    public Faults Faults { get; } = new();

    /// <summary>Deliveries since the start of the run; all are compared byte by byte.</summary>
    public long Deliveries { get; private set; }

    /// <summary>Latencies since it was last cleared.</summary>
    public LatencyHistogram Latencies { get; } = new();

    public long Messages => _senders.Sum(sender => (long)sender.Sent);

    public bool IsQuiet => _senders.All(sender => sender.InFlight == 0);

    public void Add(NeighbourSession session)
    {
        var place = session.Number % Plan.Members;
        _sessions.Add(session);
        if (place < Plan.Senders)
        {
            _senders.Add(new TopicSender(session, place, Plan.Window, session.HearsItself ? Plan.Members : Plan.Members - 1));
        }
    }

    public void Start()
    {
        _isSending = true;
        _senders.ForEach(Queue);
    }

    public void Stop() => _isSending = false;

    /// <summary>A message has come to a session.</summary>
    public void Take(NeighbourSession session, ReadOnlySpan<byte> text)
    {
        if (text.Length != _text.Length
            || !Marker.TryRead(text, out var marker)
            || marker.Sender >= (uint)_senders.Count
            || marker.Sequence >= _senders[(int)marker.Sender].Sent
            || !text[Marker.Length..].SequenceEqual(_text.AsSpan(Marker.Length)))
        {
            Faults.Damaged++;
            return;
        }

        var sender = _senders[(int)marker.Sender];
        if (sender.Session.Topic != session.Topic || (sender.Session == session && !session.HearsItself))
        {
            Faults.Strayed++;
            return;
        }

        switch (session.Sequences.Observe(sender.Index, marker.Sequence))
        {
            case SequenceVerdict.Doubled:
                Faults.Doubled++;
                return;
            case SequenceVerdict.OutOfOrder:
                Faults.OutOfOrder++;
                break;
        }

        Deliveries++;
        Latencies.Record(Loop.ReadAt - marker.Due);
        if (sender.Arrive(marker.Sequence))
        {
            Queue(sender);
        }
    }

    /// <summary>Counts what has not come, and who was lost; at the end.</summary>
    public void CountMissing()
    {
        Faults.Lost = _sessions.Count(session => session.LostBecause is not null);
        Faults.Missing = _sessions
            .Where(session => session.LostBecause is null)
            .Sum(session => _senders
                .Where(sender => sender.Session.Topic == session.Topic && (session.HearsItself || sender.Session != session))
                .Sum(sender => (long)session.Sequences.Outstanding(sender.Index, sender.Sent).Count()));
    }

    private long Turn()
    {
        if (_isSending)
        {
            var now = Clock.Now;
            foreach (var sender in _queued)
            {
                sender.IsQueued = false;
                SendAll(sender, now);
            }

            _queued.Clear();
        }

        return long.MaxValue;
    }

    private void SendAll(TopicSender sender, long now)
    {
        while (sender.MaySend && sender.Session.IsReady)
        {
            var number = (uint)((sender.Session.Topic * Plan.Senders) + sender.Index);
            new Marker(number, sender.Send(), now).Write(_text);
            sender.Session.Render(_text);
        }

        sender.Session.Flush();
    }

    private void Queue(TopicSender sender)
    {
        if (_isSending && !sender.IsQueued)
        {
            sender.IsQueued = true;
            _queued.Add(sender);
        }
    }
}
