using OmaIm.Protocols.Msrp;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// One MSRP connection as its loop sees it, whatever carries its bytes: frames come in and find their session, answers and deliveries
/// go out. When the transport takes no more, what follows waits in a bounded outbox. All members are for the loop's thread.
/// </summary>
public abstract partial class MsrpConnection
{
    private readonly MsrpInput _input;
    private MsrpAnswers _answers;
    private MsrpSessionList _sessions;
    private MsrpCrossings? _crossings;
    private MsrpLoop? _movesTo;
    private bool _hasMoved;

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

    /// <summary>The loop that reads and writes the connection: the one that accepted it, until it moves to that of its first session.</summary>
    public MsrpLoop Loop { get; private set; }

    /// <summary>Address and port of the peer, for the log.</summary>
    public string Remote { get; }

    /// <summary>Whether what is written now waits, because the transport is full.</summary>
    public bool IsBlocked { get; private set; }

    /// <summary>Bytes that wait in the outbox.</summary>
    public int Backlog => _outbox.Length;

    /// <summary>Whether the peer has taken something since it began to lag: a stalled peer has not.</summary>
    public TimeSpan BlockedFor => IsBlocked ? Loop.Time.GetElapsedTime(_blockedSince) : TimeSpan.Zero;

    /// <summary>Whether the last read stopped before its bytes did: because of a pause, or to let the loop flush.</summary>
    protected bool HasStoppedEarly => _input.HasStoppedEarly;

    /// <summary>Bytes of answers that leave with the next flush.</summary>
    public int AnswerBytes => _answers.Length;

    /// <summary>The sessions that the connection carries.</summary>
    internal ref readonly MsrpSessionList Sessions => ref _sessions;

    /// <summary>The ways to sessions of other loops that this connection carries.</summary>
    internal MsrpCrossings Crossings => _crossings ??= new MsrpCrossings(this);

    /// <summary>Whether frames of other loops' sessions have come.</summary>
    internal bool HasCrossings => _crossings is not null;

    /// <summary>Whether the connection carries a session, of whatever loop.</summary>
    internal bool HasSessions => _sessions.First is not null || _crossings is { HaveSessions: true };

    /// <summary>Sessions that the connection may carry.</summary>
    internal int SessionLimit => IsOfRelay ? Loop.Options.SessionsPerRelayConnection : Loop.Options.SessionsPerConnection;

    /// <summary>Whether nobody else waits while a session of this connection is not read.</summary>
    internal bool CarriesOneSession => _sessions.Count == 1 && !HasCrossings && !IsCrossed;

    /// <summary>Whether this is the part of another loop's connection that carries sessions of this one.</summary>
    internal virtual bool IsCrossed => false;

    /// <summary>Of such a part: why the connection that carries it has ended.</summary>
    internal virtual MsrpCloseReason? EndOfCarrier { get => null; set => throw new InvalidOperationException("Nothing carries this connection."); }

    /// <summary>Where the connection stands in its loop's table; -1 while it is in none.</summary>
    internal int Index { get; set; } = -1;

    /// <summary>Whether <paramref name="bytes"/> more would stay within the outbox.</summary>
    public bool CanTake(int bytes) => !IsBlocked || _outbox.Length + bytes <= OutboxBytes;

    /// <summary>Bytes that may wait in the outbox.</summary>
    public virtual int OutboxBytes => Loop.Options.OutboxBytes;

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
        if (IsClosed)
        {
            return;
        }

        if (IsBlocked)
        {
            OnKept();
            return;
        }

        Loop.Statistics.Writes++;
        try
        {
            if (!FlushTransport())
            {
                IsBlocked = true;
                _blockedSince = Loop.Time.GetTimestamp();
                TellBlocked();
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The transport broke under this write; the others of the batch get theirs.
            CloseLater(MsrpCloseReason.TransportError);
        }
    }

    /// <summary>Tells the owners of all sessions that the transport takes no more, or that as much waits for it as one of them wants to.</summary>
    public void TellBlocked()
    {
        for (var i = 0; i < _sessions.Count; i++)
        {
            _sessions[i].Handler.OnBlocked(_sessions[i]);
        }
    }

    /// <summary>Moves the answers to the start of <paramref name="destination"/>; returns how many bytes they are.</summary>
    public int TakeAnswers(Span<byte> destination) => _answers.Take(destination);

    /// <summary>Room in the arena for a frame to this peer; it leaves with the next flush, in front of deliveries.</summary>
    public MsrpArena BeginAnswer()
    {
        if (_answers.Begin())
        {
            Loop.MarkDirty(this);
        }

        return Loop.Arena;
    }

    public void EndAnswer() => _answers.End();

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
                _answers.WriteTo(this);
                Flush();
            }
        }

        _answers.Clear();
        EndOutput();
    }

    /// <summary>The rest of the frame that is being read needs no owner: it has had its answer.</summary>
    internal void IgnoreRest(in MsrpFrame frame) => _input.IgnoreRest(frame);

    internal bool TryAttach(MsrpSession session)
    {
        if (IsClosed || _sessions.Count >= SessionLimit)
        {
            return false;
        }

        _sessions.Add(session);
        OnSessionsChanged();
        return true;
    }

    internal void Detach(MsrpSession session)
    {
        _sessions.Remove(session);
        OnSessionsChanged();
        if (!IsClosing && !IsClosed)
        {
            _input.NoteEnd(session.SessionId);
        }
    }

    /// <summary>A session was bound or has ended.</summary>
    internal virtual void OnSessionsChanged()
    {
        if (!HasSessions && !IsClosed)
        {
            Desert();
        }
    }

    /// <summary>A crossing has told how many sessions it carries.</summary>
    internal void OnCrossedSessionsChanged()
    {
        if (HasSessions)
        {
            OnCrossingRelieved();
        }
        else if (!IsClosed)
        {
            Desert();
        }
    }

    /// <summary>A crossing has told how many sessions it carries, having read all that had crossed when it was asked.</summary>
    internal void OnCrossingAnswered()
    {
        OnCrossingRelieved();
        CloseDeserted();
    }

    /// <summary>Stops reading until the other loops have said whether what has crossed to them has bound a session; false when that is known.</summary>
    internal bool MustAsk(MsrpLoop loop)
    {
        if (!HasCrossings || !Crossings.MustAsk(loop))
        {
            return false;
        }

        Pause(PauseReason.Crossing);
        return true;
    }

    /// <summary>A crossing that was full has room again, or one that was asked has a session or none.</summary>
    internal void OnCrossingRelieved()
    {
        if (!Crossings.AreFull && (HasSessions || !Crossings.AreAsked))
        {
            Resume(PauseReason.Crossing);
        }
    }

    /// <summary>
    /// Prepares to move to the loop of the session that the first frame names. A connection moves once and with empty hands; one that cannot
    /// stays, and lets the frames cross.
    /// </summary>
    internal bool TryPrepareMove(MsrpLoop loop)
    {
        if (_hasMoved || IsBlocked || HasCrossings || _sessions.First is not null || _answers.Length > 0)
        {
            return false;
        }

        _movesTo = loop;
        return true;
    }

    /// <summary>The transport has room again, or bytes to read.</summary>
    protected internal abstract void OnReady();

    internal void Sweep()
    {
        if (IsBlocked && BlockedFor > Loop.Options.OutboxAge)
        {
            Close(MsrpCloseReason.SlowReader);
        }
        else if (IsClosing)
        {
            CloseOverdue();
        }
        else if (!IsCrossed && _input.CheckPace() is { } reason)
        {
            Close(reason);
        }
        else
        {
            CloseDeserted();
            SweepPathWait();
            for (var i = _sessions.Count - 1; i >= 0 && i < _sessions.Count; i--)
            {
                _sessions[i].Sweep();
            }
        }
    }

    /// <summary>Takes the connection into its loop, on the loop's thread; once.</summary>
    protected internal void Open()
    {
        if (Loop.HasEnded)
        {
            Close(MsrpCloseReason.Shutdown);
            return;
        }

        Loop.Add(this);
        Loop.Statistics.ConnectionsOpened += IsCrossed ? 0 : 1;
        EnterLoop();
    }

    /// <summary>
    /// Moves, when the read that has just ended says so, with what it has left unread. True when the connection is no longer this loop's:
    /// then the caller must not touch it again.
    /// </summary>
    protected bool TryMove()
    {
        if (_movesTo is not { } loop || IsClosed)
        {
            return false;
        }

        _movesTo = null;
        _hasMoved = true;
        LeaveLoop();
        Loop.Remove(this);
        Loop.Statistics.Moves++;
        Loop = loop;
        _answers = new MsrpAnswers(loop.Arena);
        _outbox = new SlabChain(loop.Slabs);
        loop.Post(Arrive);
        return true;
    }

    /// <summary>Begins to hear of the transport on the thread of <see cref="Loop"/>.</summary>
    protected virtual void EnterLoop()
    {
    }

    /// <summary>Hears no more of the transport on the thread of <see cref="Loop"/>.</summary>
    protected virtual void LeaveLoop()
    {
    }

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

    /// <summary>What was written, whole frames, waits in the outbox.</summary>
    protected virtual void OnKept()
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

        _crossings?.OnWritable();
        EndOutput();
    }

    /// <summary>Reads frames from <paramref name="data"/>; returns how many bytes are used up.</summary>
    protected int Consume(ReadOnlySpan<byte> data) => _input.Read(data);

    /// <summary>The peer has closed its end, with so many bytes unread: none, or else something is missing. It still gets its answers.</summary>
    protected void OnTransportEnded(int unread) => _input.End(unread);

    private void Arrive()
    {
        if (IsClosed)
        {
            return;
        }

        if (Loop.HasEnded)
        {
            Close(MsrpCloseReason.Shutdown);
            return;
        }

        Loop.Add(this);
        try
        {
            EnterLoop();
        }
        catch (IOException exception)
        {
            Loop.ReportFailure(exception);
            Close(MsrpCloseReason.TransportError);
        }

        Loop.Serve(this);
    }
}
