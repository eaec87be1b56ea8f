namespace OmaIm.Stack.Msrp;

/// <content>When the peer is not read: what it sends meanwhile waits in TCP.</content>
public abstract partial class MsrpConnection
{
    private PauseReason _pauses;
    private int _holds;

    // Of a connection with sessions: the sweeps it has waited for the path of another, and whether it does so no more.
    private int _pathSweeps;
    private bool _isTiredOfWaiting;

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

    /// <summary>Stops reading until a session's path is known; false once other sessions have waited for that long enough.</summary>
    internal bool TryWaitForPath()
    {
        if (_isTiredOfWaiting)
        {
            _isTiredOfWaiting = false;
            return false;
        }

        Pause(PauseReason.Path);
        return true;
    }

    // The answer with the path is under way when the peer speaks; one that never comes must not keep his other sessions waiting.
    private void SweepPathWait()
    {
        _pathSweeps = IsPausedFor(PauseReason.Path) && HasSessions ? _pathSweeps + 1 : 0;
        if (_pathSweeps > 1)
        {
            _isTiredOfWaiting = true;
            Resume(PauseReason.Path);
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
