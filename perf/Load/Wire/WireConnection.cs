using System.Buffers;
using System.Net.Sockets;

namespace OmaIm.Load.Wire;

/// <summary>One connection of the driver. Made on any thread, then used on the loop's.</summary>
internal sealed class WireConnection : IDisposable
{
    /// <summary>What TCP keeps for a reader who does not come (SO_RCVBUF), beside the window that it had offered before.</summary>
    private const int StalledBuffer = 4 * 1024;

    private readonly WireLoop _loop;
    private readonly Socket _socket;
    private readonly IByteReceiver _receiver;

    // The beginning of something whose end has not come yet.
    private byte[] _rest = [];
    private int _restLength;

    // Bytes that the kernel would not take yet.
    private byte[] _outbox = [];
    private int _outboxStart;
    private int _outboxLength;
    private bool _isStalled;

    private WireConnection(WireLoop loop, Socket socket, IByteReceiver receiver)
    {
        _loop = loop;
        _socket = socket;
        _receiver = receiver;
    }

    public bool IsOpen { get; private set; } = true;

    /// <summary>Whether what comes is looked at: neither closed nor stalled.</summary>
    public bool IsReading => IsOpen && !_isStalled;

    /// <summary>Bytes that wait to be sent.</summary>
    public int Backlog => _outboxLength;

    /// <summary>By what the loop knows it; negative outside of the loop.</summary>
    internal int Key { get; set; } = -1;

    internal int Descriptor => (int)_socket.Handle;

    private bool IsBlocked => _outboxLength > 0;

    /// <summary>Connects. The caller's thread waits for it: an asynchronous connect would enrol the socket in .NET's own event queue as well.</summary>
    /// <exception cref="SocketException">The server cannot be reached.</exception>
    public static WireConnection Connect(WireLoop loop, string host, int port, IByteReceiver receiver)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Connect(host.Trim('[', ']'), port);
            socket.Blocking = false;
            return new WireConnection(loop, socket, receiver);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Writes what was rendered into the loop's scratch buffer.</summary>
    public void FlushScratch()
    {
        Write(_loop.Scratch.WrittenSpan);
        _loop.Scratch.ResetWrittenCount();
    }

    /// <summary>
    /// Stops reading for good: what the peer sends waits in TCP, which keeps little of it, so that the peer soon feels it. The buffer is made
    /// small only now, because with a small one TCP is slow for those who do read.
    /// </summary>
    public void Stall()
    {
        _isStalled = true;
        _socket.ReceiveBufferSize = StalledBuffer;
        UpdateInterest();
    }

    /// <summary>Closes by a reset, as a process does that dies with unread bytes.</summary>
    public void Reset()
    {
        if (IsOpen)
        {
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
            Close();
        }
    }

    public void Close()
    {
        if (IsOpen)
        {
            IsOpen = false;
            _loop.Remove(this);
            _socket.Dispose();
            Return(_rest);
            Return(_outbox);
            (_rest, _restLength) = ([], 0);
            (_outbox, _outboxStart, _outboxLength) = ([], 0, 0);
        }
    }

    public void Dispose() => Close();

    /// <summary>Closes the connection and tells its owner why.</summary>
    public void Lose(string reason)
    {
        Close();
        _receiver.OnClosed(reason);
    }

    internal void OnReady(uint ready)
    {
        if (IsOpen && (ready & Epoll.Writable) != 0)
        {
            FlushOutbox();
        }

        if (IsOpen && (ready & ~Epoll.Writable) != 0)
        {
            if (_isStalled)
            {
                Lose("closed by the server");
            }
            else
            {
                Read();
            }
        }
    }

    private void Read()
    {
        var buffer = _loop.Buffer;
        _rest.AsSpan(0, _restLength).CopyTo(buffer);
        var received = _socket.Receive(buffer.AsSpan(_restLength), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
        {
            return;
        }

        if (received <= 0 || error != SocketError.Success)
        {
            Lose(error == SocketError.Success ? "closed by the server" : error.ToString());
            return;
        }

        _loop.StampRead();
        var data = buffer.AsSpan(0, _restLength + received);
        var used = _receiver.OnBytes(this, data);
        FlushScratch();
        if (IsOpen)
        {
            Keep(data[used..]);
        }
    }

    private void Keep(ReadOnlySpan<byte> rest)
    {
        if (rest.Length > _rest.Length)
        {
            Return(_rest);
            _rest = ArrayPool<byte>.Shared.Rent(rest.Length);
        }

        rest.CopyTo(_rest);
        _restLength = rest.Length;
    }

    private void Write(ReadOnlySpan<byte> data)
    {
        if (!IsOpen || data.IsEmpty)
        {
            return;
        }

        var sent = 0;
        if (!IsBlocked)
        {
            sent = Math.Max(0, _socket.Send(data, SocketFlags.None, out var error));
            if (error is not (SocketError.Success or SocketError.WouldBlock))
            {
                Lose(error.ToString());
                return;
            }
        }

        if (sent < data.Length)
        {
            Append(data[sent..]);
        }
    }

    private void Append(ReadOnlySpan<byte> data)
    {
        var wasBlocked = IsBlocked;
        if (_outboxStart + _outboxLength + data.Length > _outbox.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(64 * 1024, 2 * (_outboxLength + data.Length)));
            _outbox.AsSpan(_outboxStart, _outboxLength).CopyTo(larger);
            Return(_outbox);
            _outbox = larger;
            _outboxStart = 0;
        }

        data.CopyTo(_outbox.AsSpan(_outboxStart + _outboxLength));
        _outboxLength += data.Length;
        if (!wasBlocked)
        {
            UpdateInterest();
        }
    }

    private void FlushOutbox()
    {
        var sent = _socket.Send(_outbox.AsSpan(_outboxStart, _outboxLength), SocketFlags.None, out var error);
        if (error is not (SocketError.Success or SocketError.WouldBlock))
        {
            Lose(error.ToString());
            return;
        }

        _outboxStart += Math.Max(0, sent);
        _outboxLength -= Math.Max(0, sent);
        if (!IsBlocked)
        {
            Return(_outbox);
            _outbox = [];
            _outboxStart = 0;
            UpdateInterest();
        }
    }

    private void UpdateInterest() =>
        _loop.SetInterest(this, (_isStalled ? Epoll.Ended : Epoll.Readable) | (IsBlocked ? Epoll.Writable : 0));

    private static void Return(byte[] buffer)
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
