namespace OmaIm.Stack.Msrp;

/// <summary>How a loop waits: for its queues alone, or for sockets of its own as well.</summary>
internal interface ILoopPoller : IDisposable
{
    /// <summary>Waits until there is something to do, then serves the sockets that are ready; true when there were any.</summary>
    bool Poll(TimeSpan timeout);

    /// <summary>Waits, deaf to sockets: what they have to say keeps.</summary>
    void Nap(TimeSpan time);

    /// <summary>Ends a wait; any thread.</summary>
    void Wake();
}
