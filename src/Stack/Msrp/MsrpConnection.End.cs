namespace OmaIm.Stack.Msrp;

/// <content>
/// How a connection ends. What its peer has been promised still goes out; then our side ends, and with his the connection: a socket that is
/// closed while he still answers resets the connection, and that takes from him what he has not read.
/// </content>
public abstract partial class MsrpConnection
{
    private MsrpCloseReason? _closesAfterFlush;
    private long _closingSince;
    private bool _hasEndedOutput;

    // When the last session ended of a connection that may bring another.
    private long? _desertedAt;

    public bool IsClosed { get; private set; }

    /// <summary>Why it was closed.</summary>
    internal MsrpCloseReason EndReason { get; private set; }

    /// <summary>Whether nothing more is read, because the connection closes when all that waits for its peer has left.</summary>
    protected internal bool IsClosing => _closesAfterFlush is not null;

    /// <summary>
    /// Whether a peer's relay (RFC 4976) is at the other end: it brings whatever session comes next, and has answered for what it brings.
    /// Nobody would send again what came when our side had just ended.
    /// </summary>
    internal virtual bool IsOfRelay { get; set; }

    /// <summary>Whether it has no session and may bring one.</summary>
    internal bool IsDeserted => _desertedAt is not null;

    /// <summary>Ends the connection and every session on it.</summary>
    public void Close(MsrpCloseReason reason)
    {
        if (IsClosed)
        {
            return;
        }

        IsClosed = true;
        EndReason = reason;
        if (!IsCrossed && Index >= 0)
        {
            Loop.ReportClosed(reason, Remote);
        }

        Loop.Remove(this);
        _input.Release();
        _outbox.Clear();

        // A loop that ends comes round no more to close gently, and a peer that takes nothing would hold up a gentle end for as long as it likes.
        CloseTransport(abort: IsBlocked || reason is MsrpCloseReason.SlowReader or MsrpCloseReason.SlowWriter or MsrpCloseReason.TransportError or MsrpCloseReason.Shutdown);
        _sessions.End(reason);
        _crossings?.End(reason);
    }

    /// <summary>Closes the connection once the flush that is under way is over: nobody's tables change while they are walked.</summary>
    public void CloseLater(MsrpCloseReason reason) => Loop.CloseLater(this, reason);

    /// <summary>Reads nothing more, and closes the connection once all that waits for its peer has left.</summary>
    internal void CloseWhenFlushed(MsrpCloseReason reason)
    {
        if (!IsClosing)
        {
            _closesAfterFlush = reason;
            _closingSince = Loop.Time.GetTimestamp();
        }

        if (_answers.Length == 0 && !IsClosed)
        {
            Loop.MarkDirty(this);
        }
    }

    /// <summary>The peer says no more: what is due to him still goes out, that of other loops' sessions included, then the connection closes.</summary>
    internal void EndInput(MsrpCloseReason reason)
    {
        _crossings?.EndInput(reason);
        CloseWhenFlushed(reason);
    }

    /// <summary>A crossing has brought all that its other side had to say.</summary>
    internal void OnCrossingEnded()
    {
        if (_closesAfterFlush is { } reason)
        {
            CloseWhenFlushed(reason);
        }
    }

    /// <summary>
    /// Tells the peer that nothing follows, and hears of his end by itself; false when there is nothing to wait for, or no way to: then the
    /// connection closes at once.
    /// </summary>
    protected virtual bool TryEndOutput() => false;

    /// <summary>The peer of a connection that closes has ended his side, too, or is not there any more.</summary>
    protected void OnPeerEnded(bool isGone)
    {
        if (_hasEndedOutput || isGone)
        {
            Close(_closesAfterFlush!.Value);
        }
    }

    private void EndOutput()
    {
        // A crossed part has no peer of its own to wait for.
        var isAllSent = (!IsBlocked || IsCrossed) && _answers.Length == 0 && _crossings is not { AreEnding: true };
        if (_closesAfterFlush is not { } reason || !isAllSent || IsClosed || _hasEndedOutput)
        {
            return;
        }

        _hasEndedOutput = true;
        if (TryEndOutput())
        {
            Loop.PostAfterFlush(EndSessions);
        }
        else
        {
            CloseLater(reason);
        }
    }

    // What is said to them behind our last word would not come.
    private void EndSessions() => _sessions.End(_closesAfterFlush!.Value);

    // A peer who takes little by little, who does not end his side, and another loop's session whose owner does not read: none is waited for long.
    private void CloseOverdue()
    {
        if (Loop.Time.GetElapsedTime(_closingSince) > (IsBlocked ? Loop.Options.OutboxAge : Loop.Options.Linger))
        {
            Close(_closesAfterFlush!.Value);
        }
    }

    /// <summary>The last session has ended, and with it the connection, unless another may come over it.</summary>
    private void Desert()
    {
        _desertedAt = Loop.Time.GetTimestamp();
        CloseDeserted();
    }

    private void CloseDeserted()
    {
        if (HasSessions)
        {
            _desertedAt = null;
        }
        else if (_desertedAt is { } since && !IsClosed)
        {
            var age = Loop.Time.GetElapsedTime(since);
            var isOver = !IsOfRelay || age > Loop.Options.Bind;

            // A session may just be bound on another loop: it says so, or not in time.
            if (isOver && (_crossings is null || !_crossings.Ask() || age > 2 * Loop.Options.Bind))
            {
                CloseWhenFlushed(MsrpCloseReason.Local);
            }
        }
    }
}
