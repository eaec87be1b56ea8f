using OmaIm.Protocols.Imdn;

namespace OmaIm.Client.Receipts;

/// <summary>What a journal's records add up to. Its owner locks.</summary>
internal sealed class JournalContents(JournalOptions options)
{
    private readonly Dictionary<MessageKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _order = new();
    private long _bytes;

    public IEnumerable<JournalMessage> Messages => _order.Select(entry => entry.Message with { IsDisplayed = entry.Events.Contains(JournalEvent.Displayed) });

    public IEnumerable<OwedReceipt> Owed => _order.SelectMany(OwedBy);

    public bool Contains(MessageKey key) => _entries.ContainsKey(key);

    /// <summary>Makes room for a message as far as what owes nothing gives any; false when that does not do.</summary>
    public bool TryMakeRoom(JournalMessage message)
    {
        var next = _order.First;
        while (next is { } node && !HasRoom(message))
        {
            next = node.Next;
            if (!OwedBy(node.Value).Any())
            {
                Remove(node);
            }
        }

        return HasRoom(message);
    }

    public void Apply(JournalRecord record)
    {
        if (record.Message is { } message)
        {
            Add(message);
        }
        else if (_entries.TryGetValue(record.Key, out var node))
        {
            // The event is the name of the flag that it sets.
            node.Value.Events.Add(record.Event);
        }
    }

    /// <summary>As few records as say all of it.</summary>
    public IEnumerable<JournalRecord> ToRecords()
    {
        foreach (var entry in _order)
        {
            yield return new JournalRecord(JournalEvent.Received, entry.Message.Key, entry.Message);
            foreach (var noted in entry.Events)
            {
                yield return new JournalRecord(noted, entry.Message.Key);
            }
        }
    }

    private void Add(JournalMessage message)
    {
        if (!_entries.ContainsKey(message.Key))
        {
            _entries.Add(message.Key, _order.AddLast(new Entry(message)));
            _bytes += message.Content.Length;
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _bytes -= node.Value.Message.Content.Length;
        _entries.Remove(node.Value.Message.Key);
        _order.Remove(node);
    }

    private bool HasRoom(JournalMessage message) =>
        _order.Count < options.MaximumMessages && message.Content.Length <= options.MaximumBytes - _bytes;

    private static IEnumerable<OwedReceipt> OwedBy(Entry entry)
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

    private sealed record Entry(JournalMessage Message)
    {
        public SortedSet<JournalEvent> Events { get; } = [];
    }
}
