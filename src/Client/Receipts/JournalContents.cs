using OmaIm.Protocols.Imdn;

namespace OmaIm.Client.Receipts;

/// <summary>What a journal's records add up to. Its owner locks.</summary>
internal sealed class JournalContents(JournalOptions options)
{
    private readonly Dictionary<MessageKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _order = new();
    private readonly Dictionary<string, int> _pending = new(StringComparer.Ordinal);
    private long _bytes;

    public IEnumerable<JournalMessage> Messages => _order.Select(entry => entry.Message with { IsDisplayed = entry.Events.Contains(JournalEvent.Displayed) });

    public IEnumerable<OwedReceipt> Owed => _order.Where(IsYoung).SelectMany(PendingOf);

    public DateTimeOffset Now => options.Time.GetUtcNow();

    public bool Contains(MessageKey key) => _entries.ContainsKey(key);

    public bool Owes(MessageKey key, ImdnKind kind) =>
        _entries.TryGetValue(key, out var node) && IsYoung(node.Value) && PendingOf(node.Value).Any(receipt => receipt.Kind == kind);

    /// <summary>Makes room for a message by forgetting the oldest that owe nothing. False when that does not do: then nothing is forgotten.</summary>
    /// <param name="message">The message.</param>
    /// <param name="arriving">Messages that have been given their room and are not here yet.</param>
    /// <param name="arrivingBytes">Their content.</param>
    public bool TryMakeRoom(JournalMessage message, int arriving, long arrivingBytes)
    {
        var count = _order.Count + arriving + 1L;
        var bytes = _bytes + arrivingBytes + message.Content.Length;
        List<LinkedListNode<Entry>> forgotten = [];
        for (var next = _order.First; next is not null && !Fits(count, bytes); next = next.Next)
        {
            if (!IsYoung(next.Value) || !PendingOf(next.Value).Any())
            {
                forgotten.Add(next);
                count--;
                bytes -= next.Value.Message.Content.Length;
            }
        }

        if (!Fits(count, bytes))
        {
            return false;
        }

        forgotten.ForEach(Remove);
        return true;
    }

    public void Apply(JournalRecord record)
    {
        if (record.Message is { } message)
        {
            Add(message, record.At);
        }
        else if (_entries.TryGetValue(record.Key, out var node))
        {
            Note(node.Value, record.Event);
        }

        while (_pending.GetValueOrDefault(record.Key.Sender) > options.MaximumOwedToOne)
        {
            GiveUpOldest(record.Key.Sender);
        }
    }

    /// <summary>As few records as say all of it.</summary>
    public IEnumerable<JournalRecord> ToRecords()
    {
        foreach (var entry in _order)
        {
            yield return new JournalRecord(JournalEvent.Received, entry.Message.Key, entry.Message) { At = entry.At };
            foreach (var noted in entry.Events)
            {
                yield return new JournalRecord(noted, entry.Message.Key);
            }
        }
    }

    private void Add(JournalMessage message, DateTimeOffset at)
    {
        if (!_entries.ContainsKey(message.Key))
        {
            var entry = new Entry(message, at);
            _entries.Add(message.Key, _order.AddLast(entry));
            _bytes += message.Content.Length;
            Count(message.Key.Sender, PendingOf(entry).Count());
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _bytes -= node.Value.Message.Content.Length;
        _entries.Remove(node.Value.Message.Key);
        _order.Remove(node);
        Count(node.Value.Message.Key.Sender, -PendingOf(node.Value).Count());
    }

    // The event is the name of the flag that it sets.
    private void Note(Entry entry, JournalEvent what)
    {
        var before = PendingOf(entry).Count();
        entry.Events.Add(what);
        Count(entry.Message.Key.Sender, PendingOf(entry).Count() - before);
    }

    private void Count(string sender, int more)
    {
        var count = _pending.GetValueOrDefault(sender) + more;
        if (count > 0)
        {
            _pending[sender] = count;
        }
        else
        {
            _pending.Remove(sender);
        }
    }

    private void GiveUpOldest(string sender)
    {
        var oldest = _order.First(entry => entry.Message.Key.Sender == sender && PendingOf(entry).Any());
        Note(oldest, PendingOf(oldest).First().Kind == ImdnKind.Display ? JournalEvent.DisplaySettled : JournalEvent.DeliverySettled);
    }

    private bool Fits(long count, long bytes) => count <= options.MaximumMessages && bytes <= options.MaximumBytes;

    private bool IsYoung(Entry entry) => Now - entry.At <= options.MaximumOwedAge;

    private static IEnumerable<OwedReceipt> PendingOf(Entry entry)
    {
        if (entry.Message.AsksFor(ImdnKind.Delivery) && !entry.Events.Contains(JournalEvent.DeliverySettled))
        {
            yield return new OwedReceipt(entry.Message, ImdnKind.Delivery);
        }

        if (entry.Message.AsksFor(ImdnKind.Display) && entry.Events.Contains(JournalEvent.Displayed) && !entry.Events.Contains(JournalEvent.DisplaySettled))
        {
            yield return new OwedReceipt(entry.Message, ImdnKind.Display);
        }
    }

    private sealed record Entry(JournalMessage Message, DateTimeOffset At)
    {
        public SortedSet<JournalEvent> Events { get; } = [];
    }
}
