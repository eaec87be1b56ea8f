namespace OmaIm.Stack.Timing;

internal enum LoopTimerState
{
    /// <summary>Never armed, cancelled or fired.</summary>
    Idle,

    /// <summary>In a slot of the wheel.</summary>
    Armed,

    /// <summary>Taken from the wheel, its callback comes in this turn unless somebody cancels it before.</summary>
    Expired,
}
