using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OmaIm.Stack.Timing;

/// <summary>
/// The one thread of the control plane: whatever touches transactions, dialogs, bindings, rooms or subscriptions runs here, one callback
/// after the other, so that none of it needs a lock. Other threads hand work over by <see cref="Post(Action)"/>.
/// An <c>await</c> that begins on the loop continues on the loop. See src/decisions/0001-one-control-loop.md.
/// </summary>
public sealed partial class ControlLoop : IDisposable
{
    /// <summary>Timers are looked at after at most this many callbacks, so that a full queue does not delay retransmissions.</summary>
    internal const int CallbacksPerTurn = 256;

    private readonly ConcurrentQueue<LoopWork> _queue = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly TimerWheel _wheel = new();
    private readonly List<LoopTimer> _expired = [];
    private readonly LoopSynchronizationContext _context;
    private readonly ILogger _logger;
    private readonly long _origin;
    private Thread? _thread;
    private int _runner;
    private int _asleep;
    private int _queued;
    private long _faults;
    private long _refused;
    private volatile bool _stopping;

    public ControlLoop(TimeProvider time, ILogger? logger = null, int capacity = 65_536)
    {
        Time = time;
        Capacity = capacity;
        _logger = logger ?? NullLogger.Instance;
        _origin = time.GetTimestamp();
        _context = new LoopSynchronizationContext(this);
    }

    public TimeProvider Time { get; }

    /// <summary>How many callbacks may wait before <see cref="TryPost{T}"/> refuses more: about a second's work of the loop.</summary>
    public int Capacity { get; }

    /// <summary>Whether the caller is the loop.</summary>
    public bool IsCurrent => Volatile.Read(ref _runner) == Environment.CurrentManagedThreadId;

    /// <summary>Whether the loop has a thread that takes work.</summary>
    public bool IsRunning => _thread is not null && !_stopping;

    /// <summary>Callbacks that wait for their turn.</summary>
    public int QueueLength => Volatile.Read(ref _queued);

    /// <summary>Callbacks that ended with an exception.</summary>
    public long Faults => Interlocked.Read(ref _faults);

    /// <summary>Work that <see cref="TryPost{T}"/> refused because the queue was full.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>The time until the next timer is due; null when there is none. For the loop's thread.</summary>
    public TimeSpan? UntilNextTimer => _wheel.NextDue == long.MaxValue ? null : TimeSpan.FromTicks(Math.Max(0, _wheel.NextDue - Now));

    /// <summary>Time since the loop was made, in <see cref="TimeSpan"/> ticks.</summary>
    internal long Now => Time.GetElapsedTime(_origin).Ticks;

    /// <summary>Starts the loop's own thread.</summary>
    public void Start()
    {
        if (_thread is not null)
        {
            throw new InvalidOperationException("The control loop runs already.");
        }

        _thread = new Thread(Run) { IsBackground = true, Name = "control-loop" };
        _thread.Start();
    }

    /// <summary>For tests, instead of <see cref="Start"/>: runs what is queued and what is due, on the caller's thread, until nothing is left.</summary>
    /// <returns>The number of callbacks that ran.</returns>
    public int RunPending()
    {
        if (_thread is not null)
        {
            throw new InvalidOperationException("The control loop has a thread of its own.");
        }

        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        Volatile.Write(ref _runner, Environment.CurrentManagedThreadId);
        try
        {
            var total = 0;
            for (var ran = RunTurn(); ran > 0; ran = RunTurn())
            {
                total += ran;
            }

            return total;
        }
        finally
        {
            Volatile.Write(ref _runner, 0);
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Queues a callback, from any thread. Never refuses: for callers whose own limits bound what they post.</summary>
    public void Post(Action callback) => Enqueue(LoopWork.From(callback));

    /// <inheritdoc cref="Post(Action)"/>
    public void Post<T>(Action<T> callback, T state) => Enqueue(LoopWork.From(callback, state));

    /// <summary>Queues a callback unless <see cref="Capacity"/> callbacks wait already: for input that may be dropped, such as datagrams.</summary>
    public bool TryPost<T>(Action<T> callback, T state)
    {
        if (QueueLength >= Capacity)
        {
            Interlocked.Increment(ref _refused);
            return false;
        }

        Enqueue(LoopWork.From(callback, state));
        return true;
    }

    /// <summary>Runs the callback on the loop; the task ends when it has run, with its exception if it threw.</summary>
    public Task InvokeAsync(Action callback) => InvokeAsync(() =>
    {
        callback();
        return true;
    });

    /// <inheritdoc cref="InvokeAsync(Action)"/>
    public Task<T> InvokeAsync<T>(Func<T> callback)
    {
        if (_stopping && !IsCurrent)
        {
            return Task.FromException<T>(new ObjectDisposedException(nameof(ControlLoop)));
        }

        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                completion.SetResult(callback());
            }
            catch (Exception exception)
            {
                completion.SetException(exception);
            }
        });
        return completion.Task;
    }

    /// <summary>Arms a timer that calls back once, on the loop. For the loop's thread (before <see cref="Start"/>: for any).</summary>
    public LoopTimer Schedule(TimeSpan due, Action callback)
    {
        var timer = new LoopTimer(this, callback);
        Arm(timer, due);
        return timer;
    }

    /// <summary>A timer that is not armed yet.</summary>
    public LoopTimer CreateTimer(Action callback) => new(this, callback);

    /// <summary>Ends the loop's thread when what is queued has run; timers fire no more. What is posted later is not run.</summary>
    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
        if (!IsCurrent)
        {
            _thread?.Join();
            _wake.Dispose();
        }
    }

    internal void Arm(LoopTimer timer, TimeSpan due)
    {
        if (_thread is not null && !IsCurrent)
        {
            throw new InvalidOperationException("Timers belong to the control loop's thread.");
        }

        _wheel.Add(timer, Now + due.Ticks);
    }

    internal void Disarm(LoopTimer timer) => _wheel.Remove(timer);

    private void Enqueue(LoopWork work)
    {
        Interlocked.Increment(ref _queued);
        _queue.Enqueue(work);
        if (Interlocked.Exchange(ref _asleep, 0) == 1)
        {
            _wake.Set();
        }
    }

    private void Run()
    {
        Volatile.Write(ref _runner, Environment.CurrentManagedThreadId);
        SynchronizationContext.SetSynchronizationContext(_context);
        while (!_stopping)
        {
            if (RunTurn() == 0)
            {
                Sleep();
            }
        }

        RunQueued(QueueLength);
    }

    private void Sleep()
    {
        Interlocked.Exchange(ref _asleep, 1);
        if (_queue.IsEmpty && !_stopping)
        {
            var wait = UntilNextTimer is { } due ? Math.Min(Math.Ceiling(due.TotalMilliseconds), int.MaxValue) : Timeout.Infinite;
            _wake.WaitOne((int)wait);
        }

        Interlocked.Exchange(ref _asleep, 0);
    }

    private int RunTurn()
    {
        var ran = RunQueued(CallbacksPerTurn);
        _wheel.Advance(Now, _expired);
        foreach (var timer in _expired)
        {
            // A callback before this one may have cancelled or restarted the timer.
            if (timer.State == LoopTimerState.Expired)
            {
                timer.State = LoopTimerState.Idle;
                Guard(static timer => timer.Fire(), timer);
                ran++;
            }
        }

        _expired.Clear();
        return ran;
    }

    private int RunQueued(int most)
    {
        var ran = 0;
        while (ran < most && _queue.TryDequeue(out var work))
        {
            Interlocked.Decrement(ref _queued);
            Guard(static work => work.Run(), work);
            ran++;
        }

        return ran;
    }

    private void Guard<T>(Action<T> callback, T state)
    {
        try
        {
            callback(state);
        }
        catch (Exception exception)
        {
            Interlocked.Increment(ref _faults);
            LogCallbackFailed(_logger, exception);
        }
    }
}
