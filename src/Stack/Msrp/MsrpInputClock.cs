namespace OmaIm.Stack.Msrp;

/// <summary>Watches how fast a connection's input comes: its first byte, its first session, and every frame that has begun.</summary>
internal struct MsrpInputClock(long opened)
{
    private bool _hasInput;
    private bool _isInsideFrame;
    private long _frameBegan;
    private long _frameBytes;
    private int _unread;

    /// <summary>Notes a read: <paramref name="used"/> bytes were used up, <paramref name="unread"/> wait for more.</summary>
    public void Note(int unread, int used, bool insideFrame, TimeProvider time)
    {
        _hasInput |= used + unread > 0;
        if (!insideFrame)
        {
            _isInsideFrame = false;
        }
        else if (!_isInsideFrame || used > 0)
        {
            _isInsideFrame = true;
            _frameBegan = time.GetTimestamp();
            _frameBytes = unread;
        }
        else
        {
            _frameBytes += unread - _unread;
        }

        _unread = unread;
    }

    /// <summary>Begins to count anew: while the connection was not read, its peer could not be slow.</summary>
    public void Restart(TimeProvider time)
    {
        _frameBegan = time.GetTimestamp();
        _frameBytes = _unread;
    }

    /// <summary>The reason to close the connection, or null while it is fast enough.</summary>
    public readonly MsrpCloseReason? Check(bool isBound, bool isRead, MsrpLoopOptions options, TimeProvider time)
    {
        var age = time.GetElapsedTime(opened);
        if (!isBound && age > (_hasInput ? options.Bind : options.FirstByte))
        {
            return MsrpCloseReason.NotBound;
        }

        var frameAge = _isInsideFrame && isRead ? time.GetElapsedTime(_frameBegan) : TimeSpan.Zero;
        return frameAge > options.MinimumRateGrace && _frameBytes < options.MinimumRate * frameAge.TotalSeconds
            ? MsrpCloseReason.SlowWriter
            : null;
    }
}
