using System.Buffers;
using System.Collections.Concurrent;
using OmaIm.Load.Measuring;

namespace OmaIm.Load.Wire;

/// <summary>
/// The one thread that reads and writes all connections that are measured, and another for those that are not. It shares the machine with what it measures, so it costs as
/// little as it can: it reads into one large buffer, looks at frames in place, and never waits for a lock.
/// </summary>
internal sealed class WireLoop : IDisposable
{
    /// <summary>How long the loop may sleep: the bound on how late it notices what was posted.</summary>
    private const long LongestWait = Clock.Millisecond;

    private readonly Epoll _epoll = new();
    private readonly List<WireConnection?> _connections = [];
    private readonly Stack<int> _freeKeys = [];
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly Thread _thread;
    private readonly bool _givesWay;
    private volatile bool _isStopping;

    /// <param name="givesWay">Whether its thread gives way to that of another loop.</param>
    public WireLoop(bool givesWay = false)
    {
        _givesWay = givesWay;
        _thread = new Thread(Run) { Name = "wire", IsBackground = true };
    }

    /// <summary>Called after every look at the sockets; returns when it wants to be called next, on the driver's clock.</summary>
    public Func<long>? Turn { get; set; }

    /// <summary>When the bytes that are being looked at were read.</summary>
    public long ReadAt { get; private set; }

    /// <summary>What connections receive into: room for a long read behind the longest unfinished frame.</summary>
    internal byte[] Buffer { get; } = GC.AllocateUninitializedArray<byte>(512 * 1024, pinned: true);

    /// <summary>Where frames are rendered before they are written.</summary>
    internal ArrayBufferWriter<byte> Scratch { get; } = new(64 * 1024);

    public void Start() => _thread.Start();

    /// <summary>Runs something on the loop's thread.</summary>
    public Task InvokeAsync(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _posted.Enqueue(() =>
        {
            try
            {
                action();
                done.SetResult();
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        return done.Task;
    }

    /// <summary>Takes a connection in; on the loop's thread.</summary>
    public void Add(WireConnection connection)
    {
        if (_freeKeys.TryPop(out var key))
        {
            _connections[key] = connection;
        }
        else
        {
            key = _connections.Count;
            _connections.Add(connection);
        }

        connection.Key = key;
        _epoll.Add(connection.Descriptor, connection.Key);
    }

    public void Dispose()
    {
        _isStopping = true;
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        for (var key = 0; key < _connections.Count; key++)
        {
            _connections[key]?.Close();
        }

        _epoll.Dispose();
    }

    internal void SetInterest(WireConnection connection, uint interest) => _epoll.Modify(connection.Descriptor, connection.Key, interest);

    /// <summary>A connection closes; its key is free for the next one.</summary>
    internal void Remove(WireConnection connection)
    {
        if (connection.Key >= 0)
        {
            _connections[connection.Key] = null;
            _freeKeys.Push(connection.Key);
            connection.Key = -1;
        }
    }

    internal void StampRead() => ReadAt = Clock.Now;

    private void Run()
    {
        if (_givesWay)
        {
            Precedence.GiveWay();
        }

        while (!_isStopping)
        {
            while (_posted.TryDequeue(out var action))
            {
                action();
            }

            var next = Turn?.Invoke() ?? long.MaxValue;
            var wait = Math.Clamp(next - Clock.Now, 0, LongestWait);
            var count = _epoll.Wait(_posted.IsEmpty ? wait : 0);
            for (var index = 0; index < count; index++)
            {
                var (key, ready) = _epoll[index];
                _connections[key]?.OnReady(ready);
            }
        }
    }
}
