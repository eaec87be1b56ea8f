using Microsoft.Extensions.Logging;

namespace OmaIm.Client.Messages;

/// <summary>
/// Calls a program's handlers one behind the other on a thread of the pool, in the order in which things happened. When the handlers are
/// <paramref name="capacity"/> calls or <paramref name="byteCapacity"/> bytes behind, it takes no more. What a handler throws is logged and
/// counted, and ends nothing. Any thread.
/// </summary>
internal sealed partial class HandlerQueue(int capacity, long byteCapacity, ILogger logger)
{
    private readonly Queue<(Action Call, int Size)> _waiting = new();
    private long _waitingBytes;
    private long _faults;
    private bool _isRunning;

    /// <summary>Handlers that have thrown.</summary>
    public long Faults => Interlocked.Read(ref _faults);

    /// <summary>False when too much waits already.</summary>
    /// <param name="call">What to call.</param>
    /// <param name="size">Bytes that it keeps in memory. One call may be as large as it is where nothing else waits.</param>
    public bool TryRun(Action call, int size = 0)
    {
        lock (_waiting)
        {
            if (_waiting.Count >= capacity || (_waitingBytes > 0 && _waitingBytes + size > byteCapacity))
            {
                return false;
            }

            _waiting.Enqueue((call, size));
            _waitingBytes += size;
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

                (call, var size) = _waiting.Dequeue();
                _waitingBytes -= size;
            }

            Run(call);
        }
    }

    private void Run(Action call)
    {
        try
        {
            call();
        }
        catch (Exception failure)
        {
            // On a thread of the pool it would end the process, and every other session with it.
            Interlocked.Increment(ref _faults);
            LogFailed(logger, failure);
        }
    }

    [LoggerMessage(4001, LogLevel.Error, "A handler of the program failed")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
