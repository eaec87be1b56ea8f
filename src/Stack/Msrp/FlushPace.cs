namespace OmaIm.Stack.Msrp;

/// <summary>
/// Decides how long a loop may wait between two flushes: not at all while there is little to deliver, longer the more there is,
/// because a send costs much more than the deliveries in it. Where waiting brings no more deliveries into a send, it does not wait.
/// </summary>
internal sealed class FlushPace(MsrpLoopOptions options, long ticksPerSecond)
{
    /// <summary>The full interval is reached at this multiple of <see cref="MsrpLoopOptions.EagerDeliveries"/>.</summary>
    private const double FullLoad = 3;

    /// <summary>Deliveries in a write below which waiting was in vain: most members had one message or none to wait for.</summary>
    private const double Gain = 1.5;

    /// <summary>Windows for which a loop that waited in vain does not try again. 50 of 20 ms: one message in fifty meets a trial.</summary>
    private const int WindowsWithoutTrial = 50;

    private readonly long _window = ticksPerSecond / 50;
    private long _windowBegan;
    private long _deliveriesAtBegin;
    private long _writesAtBegin;
    private long _lastFlush;
    private int _rest;

    /// <summary>The wait between two flushes that the load has earned.</summary>
    public long Interval { get; private set; }

    /// <summary>When the next flush is due.</summary>
    public long Due => _lastFlush + Interval;

    /// <summary>Whether the next flush is still to be waited for, because there is much to deliver.</summary>
    public bool IsWaiting(long now) => Interval > 0 && now < Due;

    public void Flushed(long now, long deliveries, long writes)
    {
        _lastFlush = now;
        var elapsed = now - _windowBegan;
        if (elapsed < _window)
        {
            return;
        }

        var delivered = deliveries - _deliveriesAtBegin;
        var written = writes - _writesAtBegin;
        if (Interval > 0 && delivered < Gain * written)
        {
            _rest = WindowsWithoutTrial;
        }

        var load = ((delivered * (double)ticksPerSecond / elapsed) - options.EagerDeliveries) / (options.EagerDeliveries * (FullLoad - 1));
        Interval = _rest > 0 ? 0 : (long)(Math.Clamp(load, 0, 1) * options.FlushInterval.TotalSeconds * ticksPerSecond);
        _rest = Math.Max(_rest - 1, 0);
        _windowBegan = now;
        _deliveriesAtBegin = deliveries;
        _writesAtBegin = writes;
    }
}
