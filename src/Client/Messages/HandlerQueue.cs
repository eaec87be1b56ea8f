namespace OmaIm.Client.Messages;

/// <summary>
/// Calls a program's handlers one behind the other on a thread of the pool, in the order in which things happened. When the handlers are
/// <paramref name="capacity"/> calls behind, it takes no more. Any thread.
/// </summary>
internal sealed class HandlerQueue(int capacity)
{
    private readonly Queue<Action> _waiting = new();
    private bool _isRunning;

    /// <summary>False when too many calls wait already.</summary>
    public bool TryRun(Action call)
    {
        lock (_waiting)
        {
            if (_waiting.Count >= capacity)
            {
                return false;
            }

            _waiting.Enqueue(call);
            if (!_isRunning)
            {
                _isRunning = true;
                ThreadPool.QueueUserWorkItem(_ => Run());
            }

            return true;
        }
    }

    private void Run()
    {
        while (true)
        {
            Action call;
            lock (_waiting)
            {
                if (_waiting.Count == 0)
                {
                    _isRunning = false;
                    return;
                }

                call = _waiting.Dequeue();
            }

            call();
        }
    }
}
