using System.Net.Sockets;
using System.Runtime.InteropServices;
using OmaIm.Stack.Transport.Epoll;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// A plain TCP connection that its loop reads and writes itself: frames are parsed where they were received, everything for a member
/// leaves by one send, and an idle connection holds no buffer.
/// </summary>
internal sealed class SocketConnection : MsrpConnection
{
    private readonly Socket _socket;
    private readonly int _descriptor;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _slot = -1;
    private bool _hearsReads = true;
    private bool _hearsWrites;
    private bool _hasPeerEnded;

    // The start of a frame that has not come in as a whole.
    private SlabChain _tail;

    // The tail on its way to another loop, which has memory of its own.
    private byte[]? _carried;

    // Bytes written to the loop's scratch, and bytes of its arena noted, since the last flush.
    private int _written;
    private int _gathered;

    public SocketConnection(MsrpEndpoint endpoint, MsrpLoop loop, Socket socket)
        : base(endpoint, loop, socket.RemoteEndPoint?.ToString() ?? "")
    {
        // The socket stays a blocking one: every call says for itself that it does not wait, and Socket.Blocking would make the
        // connection pay for machinery that serves nobody here.
        _socket = socket;
        _descriptor = (int)socket.Handle;
        UserTimeout.Set(socket, loop.Options.OutboxAge);
        _tail = new SlabChain(Loop.Slabs);
    }

    /// <summary>Ends when the connection is closed.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Begins to listen, on the loop's thread.</summary>
    public void Listen()
    {
        if (IsClosed)
        {
            return;
        }

        Open();
    }

    /// <summary>What the kernel said of the socket.</summary>
    internal void OnEvents(bool reads, bool writes)
    {
        if (writes && IsBlocked)
        {
            SendOutbox();
        }

        if (IsClosed || !reads)
        {
            return;
        }

        if (IsClosing)
        {
            Discard();
        }
        else
        {
            Receive();
        }
    }

    /// <summary>Reading was paused, or stopped early: there may be whole frames in the tail.</summary>
    protected internal override void OnReady()
    {
        if (IsClosed || IsPaused)
        {
            return;
        }

        if (_tail.Length > 0)
        {
            TakeTail(0);
        }
        else
        {
            UpdateInterest();
        }
    }

    protected override Span<byte> GetTransportSpan(int size) => Loop.GetScratch(_written + size)[_written..];

    protected override void AdvanceTransport(int count) => _written += count;

    protected override bool TryAppendArena(int start, int length)
    {
        if (!Loop.Gather.TryAdd(_written, start, length))
        {
            return false;
        }

        _gathered += length;
        return true;
    }

    protected override bool FlushTransport()
    {
        var scratch = Loop.GetScratch(_written)[.._written];
        var length = _written + _gathered;
        var sent = _gathered == 0 ? Send(scratch) : Sent(Loop.Gather.Send(_descriptor, scratch, Loop.Arena));
        (_written, _gathered) = (0, 0);
        if (sent == length || IsClosed)
        {
            Loop.Gather.Clear();
            return true;
        }

        Loop.Gather.Drop(sent, scratch, Loop.Arena, this);
        UpdateInterest(writes: true);
        return false;
    }

    internal void Keep(ReadOnlySpan<byte> unsent) => KeepUnsent(unsent);

    protected override void CloseTransport(bool abort)
    {
        StopListening();
        _tail.Clear();
        _completion.TrySetResult();
    }

    protected override bool TryEndOutput()
    {
        if (_hasPeerEnded || _slot < 0)
        {
            return false;
        }

        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The peer is gone already.
            return false;
        }

        UpdateInterest();
        return true;
    }

    protected override void EnterLoop()
    {
        _slot = Loop.Sockets!.Add(this, _descriptor);
        (_hearsReads, _hearsWrites) = (true, false);
        if (_carried is not null)
        {
            _tail = new SlabChain(Loop.Slabs);
            _tail.Append(_carried);
            _carried = null;
        }
    }

    protected override void LeaveLoop()
    {
        StopListening();
        _carried = _tail.ToArray();
        _tail.Clear();
    }

    protected override void RequestRead() => Loop.QueueReady(this);

    protected override void OnPaused() => UpdateInterest();

    private void StopListening()
    {
        if (_slot >= 0)
        {
            Loop.Sockets!.Remove(_descriptor, _slot);
            _slot = -1;
        }
    }

    private unsafe int Send(ReadOnlySpan<byte> data)
    {
        fixed (byte* bytes = data)
        {
            return Sent(Libc.Send(_descriptor, bytes, (nuint)data.Length, Libc.DoNotSignal | Libc.DoNotWait));
        }
    }

    private int Sent(nint sent)
    {
        if (sent < 0)
        {
            sent = 0;
            if (Marshal.GetLastPInvokeError() is not (Libc.TryAgain or Libc.Interrupted) and var error)
            {
                // A broken socket is reported by every wait from now on, and there is nothing more to hear of it.
                StopListening();
                Loop.CloseLater(this, ReasonOf(error));
            }
        }

        Loop.Statistics.BytesSent += sent;
        return (int)sent;
    }

    private void SendOutbox()
    {
        OutboxSent(Sent(Loop.Gather.Send(_descriptor, Outbox)));
        if (!IsBlocked)
        {
            UpdateInterest();
            OnTransportWritable();
        }
    }

    private unsafe void Receive()
    {
        var buffer = Loop.ReceiveBuffer;
        _tail.CopyTo(buffer);
        nint received;
        fixed (byte* bytes = buffer)
        {
            var room = Math.Min(buffer.Length - _tail.Length, Loop.Appetite);
            received = Libc.Receive(_descriptor, bytes + _tail.Length, (nuint)room, Libc.DoNotWait);
        }

        if (received > 0)
        {
            Loop.Statistics.BytesReceived += received;
            TakeTail((int)received);
        }
        else if (received == 0)
        {
            _hasPeerEnded = true;
            OnTransportEnded(_tail.Length);
            UpdateInterest();
        }
        else if (Marshal.GetLastPInvokeError() is not (Libc.TryAgain or Libc.Interrupted) and var error)
        {
            Close(ReasonOf(error));
        }
    }

    // What comes behind our last word concerns nobody; only its end does.
    private unsafe void Discard()
    {
        nint received;
        fixed (byte* bytes = Loop.ReceiveBuffer)
        {
            received = Libc.Receive(_descriptor, bytes, (nuint)Loop.ReceiveBuffer.Length, Libc.DoNotWait);
        }

        if (received == 0)
        {
            // He may still read what waits for him.
            _hasPeerEnded = true;
            UpdateInterest();
            OnPeerEnded(isGone: false);
        }
        else if (received < 0 && Marshal.GetLastPInvokeError() is not (Libc.TryAgain or Libc.Interrupted))
        {
            OnPeerEnded(isGone: true);
        }
    }

    private static MsrpCloseReason ReasonOf(int error) => error == Libc.TimedOut ? MsrpCloseReason.SlowReader : MsrpCloseReason.TransportError;

    /// <summary>Reads frames from the tail and the <paramref name="received"/> bytes behind it in the loop's buffer.</summary>
    private void TakeTail(int received)
    {
        if (received == 0)
        {
            _tail.CopyTo(Loop.ReceiveBuffer);
        }

        var data = Loop.ReceiveBuffer[..(_tail.Length + received)];
        var used = Consume(data);
        if (IsClosed)
        {
            return;
        }

        KeepTail(data, used);

        if (TryMove())
        {
            return;
        }

        if (HasStoppedEarly && !IsPaused)
        {
            Loop.QueueReady(this);
        }

        UpdateInterest();
    }

    // Of the bytes that were read, the first are the tail itself: what is left of it stays where it is.
    private void KeepTail(ReadOnlySpan<byte> data, int used)
    {
        var kept = Math.Max(used, _tail.Length);
        _tail.Remove(Math.Min(used, _tail.Length));
        _tail.Append(data[kept..]);
    }

    // Level-triggered: what is not wanted must not be waited for. A tail that waits for its turn is read before more comes.
    private void UpdateInterest(bool writes = false)
    {
        var reads = IsClosing ? !_hasPeerEnded : !IsPaused && !(HasStoppedEarly && _tail.Length > 0);
        writes |= IsBlocked;
        if (_slot >= 0 && (reads != _hearsReads || writes != _hearsWrites))
        {
            _hearsReads = reads;
            _hearsWrites = writes;
            Loop.Sockets!.Modify(_descriptor, _slot, reads, writes);
        }
    }
}
