using OmaIm.Protocols.Imdn;

namespace OmaIm.Client.Receipts;

/// <summary>A journal that lives as long as the process: for clients that show what comes at once and keep nothing.</summary>
public sealed class MemoryJournal(JournalOptions? options = null) : IMessageJournal
{
    private readonly Lock _lock = new();
    private readonly JournalContents _contents = new(options ?? new JournalOptions());

    public IReadOnlyList<JournalMessage> Messages => Locked(() => _contents.Messages.ToArray());

    public IReadOnlyList<OwedReceipt> Owed => Locked(() => _contents.Owed.ToArray());

    public bool Owes(MessageKey key, ImdnKind kind) => Locked(() => _contents.Owes(key, kind));

    public Task<JournalResult> AppendAsync(JournalMessage message) => Task.FromResult(Locked(() =>
    {
        if (_contents.Contains(message.Key))
        {
            return JournalResult.Duplicate;
        }

        if (!_contents.TryMakeRoom(message, 0, 0))
        {
            return JournalResult.Full;
        }

        _contents.Apply(new JournalRecord(JournalEvent.Received, message.Key, message) { At = _contents.Now });
        return JournalResult.Added;
    }));

    public Task NoteDisplayedAsync(MessageKey key) => Note(JournalEvent.Displayed, key);

    public Task NoteSettledAsync(MessageKey key, ImdnKind kind) =>
        Note(kind == ImdnKind.Display ? JournalEvent.DisplaySettled : JournalEvent.DeliverySettled, key);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task Note(JournalEvent what, MessageKey key)
    {
        lock (_lock)
        {
            _contents.Apply(new JournalRecord(what, key));
        }

        return Task.CompletedTask;
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
