namespace OmaIm.Stack.Timing;

/// <summary>Brings the continuation of an await that began on the loop back to the loop, so that async code keeps the one-thread rule.</summary>
internal sealed class LoopSynchronizationContext(ControlLoop loop) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => loop.Post(static work => work.Callback(work.State), (Callback: d, State: state));

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!loop.IsCurrent)
        {
            throw new NotSupportedException("Nobody waits for the control loop; use Post or InvokeAsync.");
        }

        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;
}
