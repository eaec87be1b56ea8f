using OmaIm.Protocols.Msrp;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// One MSRP connection as its loop sees it, whatever carries its bytes: frames come in and find their session, answers and deliveries
/// go out. When the transport takes no more, what follows waits in a bounded outbox. All members are for the loop's thread.
/// </summary>
public abstract class MsrpConnection
{
    private readonly MsrpInput _input;
    private MsrpAnswers _answers;
    private MsrpSessionList _sessions;
    private PauseReason _pauses;
    private MsrpCloseReason? _closesAfterFlush;

    // Bytes that the transport would not take yet.
    private SlabChain _outbox;
    private long _blockedSince;

    protected MsrpConnection(MsrpEndpoint endpoint, MsrpLoop loop, string remote)
    {
        Endpoint = endpoint;
        Loop = loop;
        Remote = remote;
        _input = new MsrpInput(this);
        _answers = new MsrpAnswers(Loop.Arena);
        _outbox = new SlabChain(Loop.Slabs);
    }

    public MsrpEndpoint Endpoint { get; }

    public MsrpLoop Loop { get; }

    /// <summary>Address and port of the peer, for the log.</summary>
    public string Remote { get; }

    public bool IsClosed { get; private set; }

    /// <summary>Whether what is written now waits, because the transport is full.</summary>
    public bool IsBlocked { get; private set; }

    /// <summary>Bytes that wait in the outbox.</summary>
    public int Backlog => _outbox.Length;

    /// <summary>Whether the peer has taken something since it began to lag: a stalled peer has not.</summary>
    public TimeSpan BlockedFor => IsBlocked ? Loop.Time.GetElapsedTime(_blockedSince) : TimeSpan.Zero;

    /// <summary>Whether the peer is not read at the moment.</summary>
    public bool IsPaused => _pauses != PauseReason.None;

    /// <summary>Whether nothing more is read, because the connection closes with the next flush.</summary>
    protected internal bool IsClosing => _closesAfterFlush is not null;

    /// <summary>Whether the last read stopped before its bytes did: because of a pause, or to let the loop flush.</summary>
    protected bool HasStoppedEarly => _input.HasStoppedEarly;

    /// <summary>Bytes of answers that leave with the next flush.</summary>
    public int AnswerBytes => _answers.Length;

    /// <summary>The sessions that the connection carries.</summary>
    internal ref readonly MsrpSessionList Sessions => ref _sessions;

    /// <summary>Where the connection stands in its loop's table; -1 before it is opened.</summary>
    internal int Index { get; set; } = -1;

    /// <summary>Whether <paramref name="bytes"/> more would stay within the outbox.</summary>
    public bool CanTake(int bytes) => !IsBlocked || _outbox.Length + bytes <= Loop.Options.OutboxBytes;

    /// <summary>Room for <paramref name="size"/> bytes, to be filled, advanced over and flushed within one call of the loop.</summary>
    public Span<byte> GetSpan(int size)
    {
        if (!IsBlocked)
        {
            return GetTransportSpan(size);
        }

        return Loop.GetScratch(size);
    }

    public void Advance(int count)
    {
        if (IsBlocked)
        {
            _outbox.Append(Loop.GetScratch(count)[..count]);
        }
        else
        {
            AdvanceTransport(count);
        }
    }

    /// <summary>Sends a slice of the loop's arena behind what was written; it may leave without being copied.</summary>
    public void AppendArena(int start, int length)
    {
        if (IsBlocked)
        {
            _outbox.Append(Loop.Arena.Slice(start, length));
        }
        else if (!TryAppendArena(start, length))
        {
            Loop.Arena.Slice(start, length).CopyTo(GetSpan(length));
            Advance(length);
        }
    }

    /// <summary>Hands what was written to the transport.</summary>
    public void Flush()
    {
        if (IsBlocked || IsClosed)
        {
            return;
        }

        Loop.Statistics.Writes++;
        try
        {
            if (!FlushTransport())
            {
                IsBlocked = true;
                _blockedSince = Loop.Time.GetTimestamp();
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The transport broke under this write; the others of the batch get theirs.
            CloseLater(MsrpCloseReason.TransportError);
        }
    }

    /// <summary>Moves the answers to the start of <paramref name="destination"/>; returns how many bytes they are.</summary>
    public int TakeAnswers(Span<byte> destination) => _answers.Take(destination);

    public bool IsPausedFor(PauseReason reason) => (_pauses & reason) != 0;

    /// <summary>Stops reading until the reason is gone: what the peer sends meanwhile waits in TCP.</summary>
    public void Pause(PauseReason reason)
    {
        _pauses |= reason;
        OnPaused();
    }

    public void Resume(PauseReason reason)
    {
        if (IsPausedFor(reason))
        {
            _pauses &= ~reason;
            if (!IsPaused && !IsClosed)
            {
                _input.RestartPace();
                RequestRead();
            }
        }
    }

    /// <summary>Ends the connection and every session on it.</summary>
    public void Close(MsrpCloseReason reason)
    {
        if (IsClosed)
        {
            return;
        }

        IsClosed = true;
        Loop.Remove(this, reason);
        Loop.ReportClosed(reason, Remote);
        _input.Release();
        _outbox.Clear();
        CloseTransport(abort: reason is MsrpCloseReason.SlowReader or MsrpCloseReason.SlowWriter or MsrpCloseReason.TransportError);
        _sessions.End(reason);
    }

    /// <summary>Closes the connection once the flush that is under way is over: nobody's tables change while they are walked.</summary>
    public void CloseLater(MsrpCloseReason reason) => Loop.CloseLater(this, reason);

    /// <summary>Room in the arena for a frame to this peer; it leaves with the next flush, in front of deliveries.</summary>
    internal MsrpArena BeginAnswer()
    {
        if (_answers.Begin())
        {
            Loop.MarkDirty(this);
        }

        return Loop.Arena;
    }

    internal void EndAnswer() => _answers.End();

    internal void FlushAnswers()
    {
        var length = _answers.Length;
        if (!IsClosed && length > 0)
        {
            if (!CanTake(length))
            {
                CloseLater(MsrpCloseReason.SlowReader);
            }
            else
            {
                Advance(_answers.Take(GetSpan(length)));
                Flush();
            }
        }

        _answers.Clear();
        if (_closesAfterFlush is { } reason)
        {
            CloseLater(reason);
        }
    }

    /// <summary>The rest of the frame that is being read needs no owner: it has had its answer.</summary>
    internal void IgnoreRest(in MsrpFrame frame) => _input.IgnoreRest(frame);

    internal bool TryAttach(MsrpSession session)
    {
        if (IsClosed || _sessions.Count >= Loop.Options.SessionsPerConnection)
        {
            return false;
        }

        _sessions.Add(session);
        return true;
    }

    internal void Detach(MsrpSession session)
    {
        _sessions.Remove(session);
        if (_sessions.First is null)
        {
            CloseWhenFlushed(MsrpCloseReason.Local);
        }
    }

    /// <summary>The transport has room again, or bytes to read.</summary>
    protected internal abstract void OnReady();

    internal void Sweep()
    {
        if (IsBlocked && BlockedFor > Loop.Options.OutboxAge)
        {
            Close(MsrpCloseReason.SlowReader);
        }
        else if (!IsPaused && _input.CheckPace() is { } reason)
        {
            Close(reason);
        }
        else
        {
            for (var i = _sessions.Count - 1; i >= 0 && i < _sessions.Count; i--)
            {
                _sessions[i].Sweep();
            }
        }
    }

    /// <summary>Takes the connection into its loop, on the loop's thread; once.</summary>
    protected internal void Open() => Loop.Add(this);

    protected abstract Span<byte> GetTransportSpan(int size);

    protected abstract void AdvanceTransport(int count);

    /// <summary>Notes a slice of the arena for the flush; false when it has to be copied.</summary>
    protected virtual bool TryAppendArena(int start, int length) => false;

    /// <summary>True when more may be written at once, false when <see cref="OnTransportWritable"/> will say so.</summary>
    protected abstract bool FlushTransport();

    protected abstract void CloseTransport(bool abort);

    /// <summary>Has <see cref="OnReady"/> called soon.</summary>
    protected abstract void RequestRead();

    /// <summary>Has <see cref="OnReady"/> called when it is this connection's turn; any thread.</summary>
    protected void QueueReady() => Loop.QueueReady(this);

    protected virtual void OnPaused()
    {
    }

    /// <summary>What waits in the outbox, oldest first.</summary>
    protected ref readonly SlabChain Outbox => ref _outbox;

    /// <summary>Puts what the transport did not take into the outbox.</summary>
    protected void KeepUnsent(ReadOnlySpan<byte> rest) => _outbox.Append(rest);

    /// <summary>The transport has taken <paramref name="count"/> bytes of the outbox; when it has taken all, it is no longer blocked.</summary>
    protected void OutboxSent(int count)
    {
        _outbox.Remove(count);
        _blockedSince = count > 0 ? Loop.Time.GetTimestamp() : _blockedSince;
        if (_outbox.Length == 0)
        {
            IsBlocked = false;
        }
    }

    /// <summary>The transport takes bytes again.</summary>
    protected void OnTransportWritable()
    {
        for (var i = 0; i < _sessions.Count; i++)
        {
            _sessions[i].OnWritable();
        }
    }

    /// <summary>Reads frames from <paramref name="data"/>; returns how many bytes are used up.</summary>
    protected int Consume(ReadOnlySpan<byte> data) => _input.Read(data);

    /// <summary>The peer has closed its end, with so many bytes unread: none, or else something is missing. It still gets its answers.</summary>
    protected void OnTransportEnded(int unread) => _input.End(unread);

    /// <summary>Reads nothing more, and closes the connection once its answers have left.</summary>
    internal void CloseWhenFlushed(MsrpCloseReason reason)
    {
        _closesAfterFlush ??= reason;
        if (_answers.Length == 0 && !IsClosed)
        {
            Loop.MarkDirty(this);
        }
    }
}
