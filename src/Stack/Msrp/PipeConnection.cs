using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using OmaIm.Stack.Transport.Epoll;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// A connection whose bytes come through Kestrel's pipes, whatever middleware stands before them. The pipes' callbacks only queue the
/// connection on its loop; reading, parsing and writing happen there.
/// </summary>
internal class PipeConnection : MsrpConnection
{
    /// <summary>Bytes of the outbox that the pipe gets at once: as many as it takes before it asks for a rest.</summary>
    protected const int OutboxPiece = 64 * 1024;

    private readonly ConnectionContext _context;
    private readonly PipeReader _input;
    private readonly PipeWriter _output;
    private readonly Action _onReadable;
    private readonly Action _onWritable;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ValueTaskAwaiter<ReadResult> _read;
    private ValueTaskAwaiter<FlushResult> _flush;
    private bool _isReading;
    private bool _isFlushing;
    private bool _isCompleted;
    private bool _isBroken;
    private volatile bool _readDone;
    private volatile bool _flushDone;
    private int _queued;

    // Bytes in the loop's scratch since the last flush.
    private int _written;

    public PipeConnection(MsrpEndpoint endpoint, MsrpLoop loop, ConnectionContext context)
        : base(endpoint, loop, context.RemoteEndPoint?.ToString() ?? context.ConnectionId)
    {
        _context = context;
        _input = context.Transport.Input;
        _output = context.Transport.Output;
        _onReadable = OnReadable;
        _onWritable = OnWritable;
        if (context.Features.Get<IConnectionSocketFeature>() is { } feature)
        {
            UserTimeout.Set(feature.Socket, loop.Options.OutboxAge);
        }
    }

    /// <summary>Whether something may be missing of what was written: the peer was given up, or takes no more.</summary>
    internal bool IsBroken => _isBroken;

    /// <summary>Ends when the connection is closed and its pipes are given back.</summary>
    public Task Completion => _completion.Task;

    public override int OutboxBytes => Loop.Options.PipeOutboxBytes;

    /// <summary>Whether all is read that had come when <see cref="OnReady"/> was called.</summary>
    protected bool HasReadAll => !_readDone && !IsPaused && !HasStoppedEarly;

    protected internal override void OnReady()
    {
        Volatile.Write(ref _queued, 0);
        try
        {
            if (_flushDone)
            {
                _flushDone = false;
                _isFlushing = false;
                var result = _flush.GetResult();
                if (!IsClosed && !result.IsCanceled)
                {
                    WriteOutbox();
                }
            }

            if (_readDone)
            {
                _readDone = false;
                _isReading = false;
                Take(_read.GetResult());
                if (TryMove())
                {
                    return;
                }
            }

            BeginRead();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            Close(MsrpCloseReason.TransportError);
        }

        CompletePipes();
    }

    protected override Span<byte> GetTransportSpan(int size) => Loop.GetScratch(_written + size)[_written..];

    protected override void AdvanceTransport(int count) => _written += count;

    // Through the loop's scratch in pieces of the pipe's own size: larger spans would be rented on this thread and given back on another.
    protected override bool FlushTransport()
    {
        _output.Write(Loop.GetScratch(_written)[.._written]);
        Loop.Statistics.BytesSent += IsCrossed ? 0 : _written;
        _written = 0;
        _flush = _output.FlushAsync().GetAwaiter();
        if (_flush.IsCompleted)
        {
            // A peer that reads no more is noticed by the read that fails.
            _flush.GetResult();
            return true;
        }

        _isFlushing = true;
        _flush.UnsafeOnCompleted(_onWritable);
        return false;
    }

    protected override void CloseTransport(bool abort)
    {
        _isBroken = abort || _isFlushing;
        if (abort)
        {
            _context.Abort();
        }

        if (_isReading)
        {
            _input.CancelPendingRead();
        }

        if (_isFlushing)
        {
            _output.CancelPendingFlush();
        }

        Queue();
    }

    protected override void RequestRead() => Queue();

    private void WriteOutbox()
    {
        // In pieces: the pipe would take all of it, and the peer that is slow would cost the same bytes twice.
        var piece = NextPiece();
        while (piece < Outbox.Length)
        {
            TakeFromOutbox(piece);
            if (!FlushTransport())
            {
                return;
            }

            piece = NextPiece();
        }

        TakeFromOutbox(piece);
        Flush();
        OnTransportWritable();
    }

    /// <summary>How much of the outbox the pipe gets next: all of it, or else something.</summary>
    protected virtual int NextPiece() => Math.Min(Outbox.Length, OutboxPiece);

    private void TakeFromOutbox(int count)
    {
        Outbox.CopyTo(GetTransportSpan(count)[..count]);
        AdvanceTransport(count);
        OutboxSent(count);
    }

    private void BeginRead()
    {
        if (_isReading || IsPaused || IsClosing || IsClosed)
        {
            return;
        }

        _read = _input.ReadAsync().GetAwaiter();
        _isReading = true;
        if (_read.IsCompleted)
        {
            // Behind the others that wait: no connection keeps the loop for itself.
            _readDone = true;
            Queue();
        }
        else
        {
            _read.UnsafeOnCompleted(_onReadable);
        }
    }

    private void Take(ReadResult result)
    {
        var buffer = result.Buffer;
        if (IsClosed)
        {
            _input.AdvanceTo(buffer.End);
            return;
        }

        var data = buffer.FirstSpan;
        if (!buffer.IsSingleSegment)
        {
            var length = (int)Math.Min(buffer.Length, Loop.ReceiveBuffer.Length);
            buffer.Slice(0, length).CopyTo(Loop.ReceiveBuffer);
            data = Loop.ReceiveBuffer[..length];
        }

        var used = Consume(data);
        Loop.Statistics.BytesReceived += IsCrossed ? 0 : used;
        var unread = buffer.Length - used;
        var isWhole = data.Length == buffer.Length && !HasStoppedEarly;
        if (result.IsCompleted && isWhole && !IsClosed)
        {
            OnTransportEnded((int)unread);
        }

        // Unread bytes count as seen unless more can be done with them before others come.
        var position = buffer.GetPosition(used);
        _input.AdvanceTo(position, isWhole ? buffer.End : position);
    }

    private void OnReadable()
    {
        _readDone = true;
        Queue();
    }

    private void OnWritable()
    {
        _flushDone = true;
        Queue();
    }

    private void Queue()
    {
        if (Interlocked.Exchange(ref _queued, 1) == 0)
        {
            Loop.QueueReady(this);
        }
    }

    private void CompletePipes()
    {
        if (!IsClosed || _isCompleted || _isReading || _isFlushing)
        {
            return;
        }

        _isCompleted = true;
        try
        {
            _input.Complete();

            // What a broken connection still had to write is dropped: a writer over a stream would write it here and now, and wait.
            _output.Complete(_isBroken && !IsCrossed ? new ConnectionAbortedException() : null);
        }
        finally
        {
            _completion.TrySetResult();
        }
    }
}
