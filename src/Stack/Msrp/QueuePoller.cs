namespace OmaIm.Stack.Msrp;

/// <summary>Waits for the loop's queues only: all connections come through pipes.</summary>
internal sealed class QueuePoller : ILoopPoller
{
    private readonly AutoResetEvent _wake = new(false);

    public bool Poll(TimeSpan timeout)
    {
        if (timeout > TimeSpan.Zero)
        {
            _wake.WaitOne(timeout);
        }

        return false;
    }

    public void Nap(TimeSpan time) => Poll(time);

    public void Wake() => _wake.Set();

    public void Dispose() => _wake.Dispose();
}
