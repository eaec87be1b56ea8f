namespace OmaIm.Stack.Msrp;

/// <summary>
/// Decides how long a loop may wait between two flushes: not at all while there is little to deliver, longer the more there is,
/// because a send costs much more than the deliveries in it.
/// </summary>
internal sealed class FlushPace(MsrpLoopOptions options, long ticksPerSecond)
{
    /// <summary>The full interval is reached at this multiple of <see cref="MsrpLoopOptions.EagerDeliveries"/>.</summary>
    private const double FullLoad = 3;

    private readonly long _window = ticksPerSecond / 50;
    private long _windowBegan;
    private long _deliveriesAtBegin;
    private long _lastFlush;
    private long _interval;

    /// <summary>When the next flush is due.</summary>
    public long Due => _lastFlush + _interval;

    public void Flushed(long now, long deliveries)
    {
        _lastFlush = now;
        var elapsed = now - _windowBegan;
        if (elapsed < _window)
        {
            return;
        }

        var rate = (deliveries - _deliveriesAtBegin) * (double)ticksPerSecond / elapsed;
        var load = (rate - options.EagerDeliveries) / (options.EagerDeliveries * (FullLoad - 1));
        _interval = (long)(Math.Clamp(load, 0, 1) * options.FlushInterval.TotalSeconds * ticksPerSecond);
        _windowBegan = now;
        _deliveriesAtBegin = deliveries;
    }
}
