namespace OmaIm.Stack.Msrp;

/// <content>How a loop ends, and what becomes of what is asked of it afterwards.</content>
public sealed partial class MsrpLoop
{
    private volatile bool _hasEnded;
    private int _servesRest;

    /// <summary>Whether nothing is read or written any more.</summary>
    internal bool HasEnded => _hasEnded;

    /// <summary>Ends the thread and its connections. Loops that share connections are all stopped before the first of them is disposed.</summary>
    public void Stop()
    {
        _stopping = true;
        Wake();
        if (_thread is null)
        {
            CloseAll();
        }
        else if (!IsCurrent)
        {
            _thread.Join();
        }
    }

    public void Dispose()
    {
        Stop();
        _poller.Dispose();
    }

    // What comes after the end, such as connections that were closed and wait for their pipes, is served on whatever thread brings it, one at
    // a time.
    private void ServeRest()
    {
        while (!(_ready.IsEmpty && _posted.IsEmpty) && Interlocked.Exchange(ref _servesRest, 1) == 0)
        {
            while (_posted.TryDequeue(out var action))
            {
                Invoke(action);
            }

            while (_ready.TryDequeue(out var connection))
            {
                Serve(connection);
            }

            // Only then look again: who comes in between and may not serve has put there what is seen now.
            Interlocked.Exchange(ref _servesRest, 0);
        }
    }

    private void CloseAll()
    {
        for (var i = _connections.Count - 1; i >= 0; i--)
        {
            _connections[i].Close(MsrpCloseReason.Shutdown);
        }

        // Who comes too late for this sees that the loop has ended, and the other way about.
        _hasEnded = true;
        Interlocked.MemoryBarrier();
        ServeRest();
    }
}
