using OmaIm.Protocols.Imdn;

namespace OmaIm.Client.Receipts;

/// <summary>
/// A journal in one file to which records are only ever appended. What is said to be kept has been flushed to the disk; records that wait
/// together share one flush. What a crash left half written at the end is cut off at the next start; a file that is damaged otherwise is kept
/// beside it as <c>.broken</c>, and goes on with what can be read. One process at a time.
/// </summary>
public sealed class FileJournal : IMessageJournal
{
    private readonly Lock _lock = new();
    private readonly JournalContents _contents;
    private readonly JournalFile _file;
    private readonly Dictionary<MessageKey, Task> _arriving = [];
    private List<Waiting> _waiting = [];
    private long _arrivingBytes;
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;
    private bool _isClosed;

    private FileJournal(JournalFile file, JournalContents contents) => (_file, _contents) = (file, contents);

    /// <summary>Bytes that could not be read when the file was opened: a broken end, and damage before it.</summary>
    public long CutOff { get; private init; }

    /// <summary>
    /// Whether the file was damaged when it was opened, beyond the record at its end that a crash had left half written: then something that was
    /// said to be kept may be gone, and who opens it should say so. The file as it was stands beside it as <c>.broken</c>.
    /// </summary>
    public bool IsDamaged { get; private init; }

    public IReadOnlyList<JournalMessage> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _contents.Messages];
            }
        }
    }

    public IReadOnlyList<OwedReceipt> Owed
    {
        get
        {
            lock (_lock)
            {
                return [.. _contents.Owed];
            }
        }
    }

    /// <summary>Opens the file, or makes a new one that only its owner may read.</summary>
    /// <exception cref="IOException">It cannot be opened, or another process has it open.</exception>
    /// <exception cref="InvalidDataException">It is no journal; it is left as it is.</exception>
    public static FileJournal Open(string path, JournalOptions? options = null)
    {
        options ??= new JournalOptions();
        var contents = new JournalContents(options);
        var file = JournalFile.Open(path, options, contents, out var scan);
        return new FileJournal(file, contents) { CutOff = scan.Lost, IsDamaged = scan.IsDamaged };
    }

    public bool Owes(MessageKey key, ImdnKind kind)
    {
        lock (_lock)
        {
            return _contents.Owes(key, kind);
        }
    }

    public async Task<JournalResult> AppendAsync(JournalMessage message)
    {
        // Here, so that what cannot be written fails its own caller and nobody else.
        var waiting = new Waiting(new JournalRecord(JournalEvent.Received, message.Key, message) { At = _contents.Now });
        Task written;
        bool isNew;
        lock (_lock)
        {
            if (_contents.Contains(message.Key))
            {
                return JournalResult.Duplicate;
            }

            // A copy of one that is not safe yet waits with it.
            isNew = !_arriving.TryGetValue(message.Key, out written!);
            if (isNew)
            {
                if (!_contents.TryMakeRoom(message, _arriving.Count, _arrivingBytes))
                {
                    return JournalResult.Full;
                }

                written = Enqueue(waiting);
                _arriving.Add(message.Key, written);
                _arrivingBytes += message.Content.Length;
            }
        }

        await written.ConfigureAwait(false);
        return isNew ? JournalResult.Added : JournalResult.Duplicate;
    }

    public Task NoteDisplayedAsync(MessageKey key) => NoteAsync(JournalEvent.Displayed, key);

    public Task NoteSettledAsync(MessageKey key, ImdnKind kind) =>
        NoteAsync(kind == ImdnKind.Display ? JournalEvent.DisplaySettled : JournalEvent.DeliverySettled, key);

    /// <summary>Waits for what is being written and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        Task writing;
        lock (_lock)
        {
            _isClosed = true;
            writing = _writing;
        }

        await writing.ConfigureAwait(false);
        _file.Dispose();
    }

    private Task NoteAsync(JournalEvent what, MessageKey key)
    {
        lock (_lock)
        {
            return _contents.Contains(key) ? Enqueue(new Waiting(new JournalRecord(what, key))) : Task.CompletedTask;
        }
    }

    private Task Enqueue(Waiting waiting)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        _waiting.Add(waiting);
        if (!_isWriting)
        {
            _isWriting = true;
            _writing = Task.Run(WriteWaiting);
        }

        return waiting.Written.Task;
    }

    private void WriteWaiting()
    {
        while (true)
        {
            List<Waiting> batch;
            lock (_lock)
            {
                (batch, _waiting) = (_waiting, []);
                if (batch.Count == 0)
                {
                    _isWriting = false;
                    return;
                }
            }

            Finish(batch, Write(batch));
            CompactIfDue();
        }
    }

    private IOException? Write(List<Waiting> batch)
    {
        try
        {
            _file.Append(batch.Select(waiting => waiting.Bytes));
            return null;
        }
        catch (Exception failure)
        {
            // Whatever it is: those who wait hear of it, and the next batch has its turn.
            return failure as IOException ?? new IOException("The journal could not be written.", failure);
        }
    }

    private void Finish(List<Waiting> batch, IOException? failure)
    {
        lock (_lock)
        {
            foreach (var waiting in batch)
            {
                if (waiting.Record.Message is { } message && _arriving.Remove(message.Key))
                {
                    _arrivingBytes -= message.Content.Length;
                }

                if (failure is null)
                {
                    _contents.Apply(waiting.Record);
                }
            }
        }

        foreach (var waiting in batch)
        {
            _ = failure is null ? waiting.Written.TrySetResult() : waiting.Written.TrySetException(failure);
        }
    }

    // On the thread that writes, and outside of the lock: callers need not wait for the disk.
    private void CompactIfDue()
    {
        if (!_file.IsDueForCompaction)
        {
            return;
        }

        JournalRecord[] records;
        lock (_lock)
        {
            records = [.. _contents.ToRecords()];
        }

        _file.Compact(records);
    }

    private sealed record Waiting(JournalRecord Record)
    {
        public byte[] Bytes { get; } = Record.ToBytes();

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
