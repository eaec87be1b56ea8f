namespace OmaIm.Stack.Msrp;

/// <summary>
/// Decides how long a loop waits between two flushes. A send costs much more than the deliveries in it, so the loop rests in proportion to
/// what its flushes take, up to <see cref="MsrpLoopOptions.FlushInterval"/>: it flushes for <see cref="MsrpLoopOptions.BusyShare"/> of its time
/// and what comes meanwhile leaves together. Its other work does not count: no waiting makes connections cheaper that come and go. Where that brings
/// no more deliveries into a write, it does not wait; where there is very much to deliver, it waits less.
/// Long messages have turns of their own and count for nothing here.
/// </summary>
internal sealed class FlushPace(MsrpLoopOptions options, long ticksPerSecond)
{
    /// <summary>Deliveries in a write below which waiting was in vain: most members had one message or none to wait for.</summary>
    private const double Gain = 1.5;

    /// <summary>
    /// Deliveries a second from which on the loop rests less, in proportion to them: it may do as much for each of them as it did at this rate.
    /// 220,000: below, a share that does not grow saves most of what there is to save; beyond, it would only make messages wait.
    /// </summary>
    private const double Plenty = 220_000;

    /// <summary>By how much the share may grow because of that. 2.25: a loop with much to do still rests for more than half of its time.</summary>
    private const double Haste = 2.25;

    /// <summary>Flushes over which their work is averaged. 8: one that the machine held up is not followed by a rest that is longer still.</summary>
    private const int Smoothing = 8;

    /// <summary>Windows for which a loop that waited in vain does not try again. 50 of 20 ms, so that a load that changes is soon noticed.</summary>
    private const int WindowsWithoutTrial = 50;

    /// <summary>
    /// The same after several trials in vain, each of which doubles it. 400, that is 8 s: what trials delay is then less than one message
    /// in a hundred, which the 99th percentile would show.
    /// </summary>
    private const int MaximumWindowsWithoutTrial = 400;

    private readonly long _longest = (long)(options.FlushInterval.TotalSeconds * ticksPerSecond);
    private readonly long _window = ticksPerSecond / 50;
    private long _windowBegan;
    private long _deliveries;
    private long _writes;
    private long _lastFlush;
    private double _share = options.BusyShare;
    private double _worked;
    private int _rest;
    private int _nextRest = WindowsWithoutTrial;

    /// <summary>Whether waiting has brought no more into a write, when that was last tried.</summary>
    public bool IsInVain => _rest > 0;

    /// <summary>The wait between the last flush and the next.</summary>
    public long Interval { get; private set; }

    /// <summary>When the next flush is due.</summary>
    public long Due => _lastFlush + Interval;

    /// <summary>Whether the next flush is still to be waited for.</summary>
    public bool IsWaiting(long now) => now < Due;

    /// <summary>Notes a flush, from when to when, of so many deliveries in so many writes.</summary>
    public void Flushed(long began, long now, long deliveries, long writes)
    {
        _lastFlush = now;
        _deliveries += deliveries;
        _writes += writes;
        if (now - _windowBegan >= _window)
        {
            Learn(isGained: _deliveries >= Gain * _writes);
            _share = options.BusyShare * Math.Clamp(_deliveries * (double)ticksPerSecond / (now - _windowBegan) / Plenty, 1, Haste);
            _windowBegan = now;
            (_deliveries, _writes) = (0, 0);
        }

        _worked += (now - began - _worked) / Smoothing;
        Interval = IsInVain ? 0 : (long)Math.Min((_worked / _share) - _worked, _longest);
    }

    // Writes that carry more although nobody waits are a load that has changed: worth a trial at once.
    private void Learn(bool isGained)
    {
        if (isGained)
        {
            (_rest, _nextRest) = (0, WindowsWithoutTrial);
        }
        else if (IsInVain)
        {
            _rest--;
        }
        else
        {
            (_rest, _nextRest) = (_nextRest, Math.Min(2 * _nextRest, MaximumWindowsWithoutTrial));
        }
    }

    /// <summary>Notes a flush that carried long messages.</summary>
    public void FlushedStream(long now) => _lastFlush = now;
}
