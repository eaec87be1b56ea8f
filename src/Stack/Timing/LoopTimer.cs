namespace OmaIm.Stack.Timing;

/// <summary>
/// One timer of a <see cref="ControlLoop"/>: it fires once, on the loop, and may then be restarted.
/// All members are for the loop's own thread.
/// </summary>
public sealed class LoopTimer
{
    private readonly ControlLoop? _loop;
    private readonly Action _callback;

    internal LoopTimer(ControlLoop? loop, Action callback)
    {
        _loop = loop;
        _callback = callback;
        Previous = Next = this;
    }

    /// <summary>Whether the timer is going to fire.</summary>
    public bool IsArmed => State != LoopTimerState.Idle;

    internal LoopTimerState State { get; set; }

    /// <summary>When it fires, in <see cref="TimeSpan"/> ticks since the loop was made.</summary>
    internal long Due { get; set; }

    /// <summary>Equal due times fire in the order in which they were armed.</summary>
    internal long Sequence { get; set; }

    internal LoopTimer Previous { get; set; }

    internal LoopTimer Next { get; set; }

    /// <summary>Makes sure that the timer does not fire. It can be restarted.</summary>
    public void Cancel()
    {
        if (State == LoopTimerState.Armed)
        {
            _loop!.Disarm(this);
        }

        State = LoopTimerState.Idle;
    }

    /// <summary>Arms the timer anew, <paramref name="due"/> from now, whatever it was doing.</summary>
    public void Restart(TimeSpan due)
    {
        Cancel();
        _loop?.Arm(this, due);
    }

    internal void Fire() => _callback();

    internal void Unlink()
    {
        Previous.Next = Next;
        Next.Previous = Previous;
        Previous = Next = this;
    }
}
