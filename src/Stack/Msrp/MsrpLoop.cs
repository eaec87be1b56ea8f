using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OmaIm.Protocols.Msrp;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// The thread on which MSRP happens: it reads what its connections have to say for a short while, lets routes note their deliveries,
/// then flushes once for each connection. Sessions, routes and outboxes of a loop are touched by its thread only, so nothing here is locked.
/// </summary>
public sealed partial class MsrpLoop : IDisposable
{

    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly ConcurrentQueue<MsrpConnection> _ready = new();
    private readonly List<Action> _afterFlush = [];
    private readonly List<(MsrpConnection Connection, MsrpCloseReason Reason)> _closing = [];
    private readonly ILoopPoller _poller;
    private readonly List<MsrpConnection> _connections = [];
    private readonly List<MsrpConnection> _dirtyConnections = [];
    private readonly List<IMsrpBatch> _dirtyBatches = [];
    private readonly ILogger? _logger;
    private readonly long _drainTicks;
    private long _drainEnd;

    // Of what is rendered: what goes to the members of rooms, and what that comes to for all of them.
    private int _roomBytes;
    private long _copiedBytes;
    private Thread? _thread;
    private byte[]? _receiveBuffer;
    private byte[] _scratch = [];

    // Whether the last drain ended before its connections had said everything.
    private bool _isCut;

    // Connections whose long messages wait for their next turn, and when it comes.
    private readonly List<MsrpConnection> _streams = [];
    private readonly FlushPace _pace;
    private long _streamsResume;
    private long _streamBytes;
    private long _deliveriesFlushed;
    private int _signalled;
    private volatile bool _naps;
    private volatile bool _stopping;

    public MsrpLoop(MsrpLoopOptions? options = null, TimeProvider? time = null, ILogger? logger = null, MsrpLimits? limits = null, SlabPool? slabs = null)
    {
        Options = options ?? new MsrpLoopOptions();
        Limits = limits ?? MsrpLimits.Default;
        Time = time ?? TimeProvider.System;
        Slabs = slabs ?? new SlabPool(Options.KeptBytes);
        _logger = logger;
        _drainTicks = (long)(Options.Drain.TotalSeconds * Time.TimestampFrequency);
        _nextSweep = Time.GetTimestamp();
        _pace = new FlushPace(Options, Time.TimestampFrequency);
        _poller = OperatingSystem.IsLinux() && Options.UseSockets ? new SocketPoller(this) : new QueuePoller();
    }

    public MsrpLoopOptions Options { get; }

    public MsrpLimits Limits { get; }

    public TimeProvider Time { get; }

    public MsrpStatistics Statistics { get; } = new();

    public TransactionIds TransactionIds { get; } = new();

    /// <summary>What the current drain has rendered.</summary>
    public MsrpArena Arena { get; } = new();

    /// <summary>Where bytes wait that connections cannot send or use yet.</summary>
    public SlabPool Slabs { get; }

    /// <summary>Whether as much is rendered as one flush may hold: nothing more is read before.</summary>
    public bool IsFull => Arena.Length - _roomBytes >= Options.DrainBytes || _roomBytes >= Options.RoomDrainBytes || _copiedBytes >= Options.CopiedBytes;

    /// <summary>
    /// Whether it is time to flush before more is read. Where waiting gathers nothing, reading on gathers nothing either; but what a connection is
    /// sent soon after it was read is still near, in the processor as in the kernel, and behind five hundred others it no longer is.
    /// </summary>
    internal bool IsDrainOver => IsFull || (_pace.IsInVain && Time.GetTimestamp() >= _drainEnd);

    /// <summary>Bytes worth reading before the next flush: what is more would have to be put aside.</summary>
    internal int Appetite =>
        Math.Max(Math.Min(Options.DrainBytes - Arena.Length + _roomBytes, Options.RoomDrainBytes - _roomBytes), Limits.MaximumUnread);

    public bool IsCurrent => Thread.CurrentThread == _thread;

    public int ConnectionCount => _connections.Count;

    /// <summary>Where frames that lie across several pipe segments are put together; shared by all connections of the loop.</summary>
    internal Span<byte> ReceiveBuffer => _receiveBuffer ??= GC.AllocateUninitializedArray<byte>(Math.Max(256 * 1024, 2 * Limits.MaximumUnread));

    /// <summary>Set when the loop reads and writes sockets itself.</summary>
    internal SocketPoller? Sockets => _poller as SocketPoller;

    /// <summary>Slices of the arena that leave together with the scratch.</summary>
    internal GatherList Gather { get; } = new();

    /// <summary>Room in which everything for one connection is put together before it is sent.</summary>
    internal Span<byte> GetScratch(int size)
    {
        if (size > _scratch.Length)
        {
            var larger = GC.AllocateUninitializedArray<byte>(Math.Max(size, 2 * _scratch.Length), pinned: true);
            _scratch.CopyTo(larger, 0);
            _scratch = larger;
        }

        return _scratch;
    }

    /// <param name="name">Of the thread.</param>
    public void Start(string name = "msrp-loop")
    {
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>
    /// Runs <paramref name="action"/> on the loop's thread, in the order of posting. What comes over a connection may be read before, even
    /// when it was sent after: a loop that wakes up has both before it. Once the loop has ended, the action runs on the caller's thread:
    /// whoever waits for a connection or a session of the loop hears that it is over.
    /// </summary>
    public void Post(Action action)
    {
        _posted.Enqueue(action);
        if (_hasEnded)
        {
            ServeRest();
        }
        else
        {
            Wake();
        }
    }

    /// <summary>Notes that <paramref name="bytes"/> of what is rendered go to so many members of a room.</summary>
    public void NoteCopies(int bytes, int members)
    {
        _roomBytes += bytes;
        _copiedBytes += (long)bytes * members;
    }

    /// <summary>Has <see cref="IMsrpBatch.Flush"/> called at the end of this drain. Once for each drain, on the loop's thread.</summary>
    public void MarkDirty(IMsrpBatch batch) => _dirtyBatches.Add(batch);

    /// <summary>One drain, and the flush when it is due, on the caller's thread: for tests, and the body of the loop itself.</summary>
    /// <returns>How long there is nothing to do unless something comes; zero when there was work.</returns>
    public TimeSpan RunOnce()
    {
        ResumeStreams();
        var worked = Drain();
        var now = Time.GetTimestamp();
        if (HasUnflushed && (now >= _pace.Due || IsFull))
        {
            Flush(now);
        }

        if (now >= _nextSweep)
        {
            Sweep(now);
        }

        var goesOn = _isCut || (worked && !_pace.IsWaiting(now)) || !_posted.IsEmpty;
        return goesOn ? TimeSpan.Zero : Time.GetElapsedTime(now, NextDue());
    }

    /// <summary>
    /// Notes that <paramref name="bytes"/> of a long message that came over <paramref name="connection"/> wait for the flush. When long
    /// messages have had their share of this drain, the connection waits for its next turn.
    /// </summary>
    public void NoteStream(MsrpConnection connection, long bytes)
    {
        _streamBytes += bytes;
        if (_streamBytes >= Options.StreamBytes && !connection.IsPausedFor(PauseReason.Turn))
        {
            connection.Pause(PauseReason.Turn);
            _streams.Add(connection);
        }
    }

    internal void MarkDirty(MsrpConnection connection) => _dirtyConnections.Add(connection);

    /// <summary>Runs <paramref name="action"/> once what waits for the flush has left. On the loop's thread.</summary>
    public void PostAfterFlush(Action action) => _afterFlush.Add(action);

    internal void QueueReady(MsrpConnection connection)
    {
        _ready.Enqueue(connection);
        if (_hasEnded)
        {
            ServeRest();
        }
        else if (!_naps)
        {
            Wake();
        }
    }

    internal void Add(MsrpConnection connection)
    {
        connection.Index = _connections.Count;
        _connections.Add(connection);
    }

    internal void Remove(MsrpConnection connection)
    {
        if (connection.Index < 0)
        {
            return;
        }

        var last = _connections[^1];
        _connections[connection.Index] = last;
        last.Index = connection.Index;
        _connections.RemoveAt(_connections.Count - 1);
        connection.Index = -1;
    }

    /// <summary>Closes the connection once this flush is over: a write that fails must not change the tables that are being walked.</summary>
    internal void CloseLater(MsrpConnection connection, MsrpCloseReason reason) => _closing.Add((connection, reason));

    internal void Serve(SocketConnection connection, bool reads, bool writes)
    {
        try
        {
            connection.OnEvents(reads, writes);
        }
        catch (Exception exception)
        {
            ReportFailure(exception);
            connection.Close(MsrpCloseReason.TransportError);
        }
    }

    private void Run()
    {
        while (!_stopping)
        {
            var idle = RunOnce();
            if (idle <= TimeSpan.Zero)
            {
                continue;
            }

            // Only then look again: a producer that comes in between sees no signal and gives one.
            Volatile.Write(ref _signalled, 0);
            Interlocked.MemoryBarrier();
            if (_posted.IsEmpty && _ready.IsEmpty && !_stopping)
            {
                Wait(idle);
            }
        }

        CloseAll();
    }

    // Under load nothing that comes can leave before the flush is due: it waits in the sockets, and is read in one go, as it is written in one go.
    private void Wait(TimeSpan idle)
    {
        var now = Time.GetTimestamp();
        if (!_pace.IsWaiting(now) || _streams.Count > 0)
        {
            _poller.Poll(idle);
            return;
        }

        _naps = true;
        _poller.Nap(Time.GetElapsedTime(now, _pace.Due));
        _naps = false;
    }

    private void Wake()
    {
        // The descriptor of a loop that has ended may be somebody else's by now.
        if (Interlocked.Exchange(ref _signalled, 1) == 0 && !_hasEnded)
        {
            _poller.Wake();
        }
    }

    private bool Drain()
    {
        var worked = false;
        _drainEnd = _pace.IsInVain ? Time.GetTimestamp() + _drainTicks : long.MaxValue;
        while (true)
        {
            var progress = false;
            while (_posted.TryDequeue(out var action))
            {
                progress = true;
                Invoke(action);
            }

            // Each once: one that has more to say comes behind what was posted meanwhile.
            for (var turns = _ready.Count; turns > 0 && !IsFull && _ready.TryDequeue(out var connection); turns--)
            {
                progress = true;
                Serve(connection);
            }

            progress |= !IsFull && _poller.Poll(TimeSpan.Zero);
            worked |= progress;
            var now = Time.GetTimestamp();
            _drainEnd = _drainEnd == long.MaxValue ? now + Math.Max(_drainTicks, _pace.Interval / 2) : _drainEnd;
            if (!progress || now >= _drainEnd || IsFull)
            {
                _isCut = progress;
                return worked;
            }
        }
    }

    private bool HasUnflushed => Arena.Length > 0 || _afterFlush.Count > 0 || _dirtyBatches.Count > 0 || _dirtyConnections.Count > 0 || _closing.Count > 0;

    private long NextDue()
    {
        var due = HasUnflushed ? Math.Min(_pace.Due, _nextSweep) : _nextSweep;
        return _streams.Count > 0 && !HasUnflushed ? Math.Min(_streamsResume, due) : due;
    }

    // Half of the time belongs to long messages at most: their senders wait as long as the last flush of theirs took.
    private void ResumeStreams()
    {
        if (_streams.Count > 0 && !HasUnflushed && Time.GetTimestamp() >= _streamsResume)
        {
            foreach (var connection in _streams)
            {
                connection.Resume(PauseReason.Turn);
            }

            _streams.Clear();
        }
    }

    private void Flush(long began)
    {
        var writes = Statistics.Writes;
        for (var i = 0; i < _dirtyBatches.Count; i++)
        {
            if (i + 1 < _dirtyBatches.Count)
            {
                _dirtyBatches[i + 1].Expect();
            }

            try
            {
                _dirtyBatches[i].Flush();
            }
            catch (Exception exception)
            {
                ReportFailure(exception);
            }
        }

        _dirtyBatches.Clear();
        for (var i = 0; i < _dirtyConnections.Count; i++)
        {
            if (i + 3 < _dirtyConnections.Count)
            {
                _dirtyConnections[i + 3].BringSelf();
            }

            FlushAnswers(_dirtyConnections[i]);
        }

        _dirtyConnections.Clear();
        Arena.Clear();
        (_roomBytes, _copiedBytes) = (0, 0);
        Gather.Clear();
        for (var i = 0; i < _closing.Count; i++)
        {
            Close(_closing[i].Connection, _closing[i].Reason);
        }

        _closing.Clear();
        for (var i = 0; i < _afterFlush.Count; i++)
        {
            _posted.Enqueue(_afterFlush[i]);
        }

        _afterFlush.Clear();
        var now = Time.GetTimestamp();
        if (_streamBytes > 0)
        {
            _pace.FlushedStream(now);
        }
        else
        {
            _pace.Flushed(began, now, Statistics.Deliveries - _deliveriesFlushed, Statistics.Writes - writes);
        }

        if (_streamBytes >= Options.StreamBytes)
        {
            _streamsResume = now + (now - began);
        }

        _streamBytes = 0;
        _deliveriesFlushed = Statistics.Deliveries;
    }

    /// <summary>Lets a connection do what it can; one that has moved meanwhile is served where it is.</summary>
    internal void Serve(MsrpConnection connection)
    {
        if (connection.Loop != this)
        {
            return;
        }

        try
        {
            connection.OnReady();
        }
        catch (Exception exception)
        {
            ReportFailure(exception);
            connection.Close(MsrpCloseReason.TransportError);
        }
    }

    private void FlushAnswers(MsrpConnection connection)
    {
        try
        {
            connection.FlushAnswers();
        }
        catch (Exception exception)
        {
            ReportFailure(exception);
            CloseLater(connection, MsrpCloseReason.TransportError);
        }
    }

    private void Close(MsrpConnection connection, MsrpCloseReason reason)
    {
        try
        {
            connection.Close(reason);
        }
        catch (Exception exception)
        {
            ReportFailure(exception);
        }
    }

    // A callback that fails must not take the loop and every room on it down with it.
    private void Invoke(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            ReportFailure(exception);
        }
    }
}
