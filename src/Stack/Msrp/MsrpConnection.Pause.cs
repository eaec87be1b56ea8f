namespace OmaIm.Stack.Msrp;

/// <content>When the peer is not read: what it sends meanwhile waits in TCP.</content>
public abstract partial class MsrpConnection
{
    private PauseReason _pauses;
    private int _holds;

    // The session whose peer's path it waited for last, and since when.
    private MsrpSession? _waitsFor;
    private long _waitsSince;

    /// <summary>Whether the peer is not read at the moment.</summary>
    public bool IsPaused => _pauses != PauseReason.None;

    public bool IsPausedFor(PauseReason reason) => (_pauses & reason) != 0;

    /// <summary>Stops reading until the reason is gone.</summary>
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

    /// <summary>Stops reading until the path of the session's peer is known, or other sessions have waited for that long enough.</summary>
    internal void WaitForPath(MsrpSession session)
    {
        _waitsFor = session;
        _waitsSince = Loop.Time.GetTimestamp();
        Pause(PauseReason.Path);
    }

    // The answer with the path is under way when the peer speaks; one that never comes must not keep his other sessions waiting, which may be
    // those of the connection's other loops. A connection without any waits as long as it may for its first.
    private void SweepPathWait()
    {
        if (IsPausedFor(PauseReason.Path) && (HasSessions || IsCrossed || IsDeserted) && Loop.Time.GetElapsedTime(_waitsSince) >= Loop.Options.PathWait)
        {
            _waitsFor!.GiveUpPath();
        }
    }

    /// <summary>Stops reading until as many <see cref="Release"/> as Hold were called: the sessions of a connection wait for different things.</summary>
    public void Hold()
    {
        if (_holds++ == 0)
        {
            Pause(PauseReason.Held);
        }
    }

    public void Release()
    {
        if (--_holds == 0)
        {
            Resume(PauseReason.Held);
        }
    }

    protected virtual void OnPaused()
    {
    }
}
