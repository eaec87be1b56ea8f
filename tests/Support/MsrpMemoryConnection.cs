using System.Buffers;
using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;

namespace OmaIm.Tests.Support;

/// <summary>
/// An MSRP connection without a socket: a test puts bytes in, sees the bytes that come out, and says how many of them its peer takes,
/// as the window of TCP would. It lives on the thread that calls the loop's RunOnce.
/// </summary>
public sealed class MsrpMemoryConnection : MsrpConnection
{
    private readonly ArrayBufferWriter<byte> _input = new();
    private readonly ArrayBufferWriter<byte> _output = new();
    private byte[] _scratch = [];
    private int _read;
    private int _written;
    private bool _inputEnded;

    public MsrpMemoryConnection(MsrpEndpoint endpoint, MsrpLoop? loop = null, string remote = "memory")
        : base(endpoint, loop ?? endpoint.Loops[0], remote)
    {
        Open();
    }

    /// <summary>Bytes that the peer still takes; what is more waits in the outbox.</summary>
    public long Window { get; private set; } = long.MaxValue;

    /// <summary>Bytes that the peer has taken.</summary>
    public long BytesTaken { get; private set; }

    /// <summary>Whether what the peer takes is only counted.</summary>
    public bool DiscardsOutput { get; set; }

    /// <summary>What the next write throws: an <see cref="IOException"/> where the connection is broken.</summary>
    public Exception? WriteFailure { get; set; }

    public bool IsTransportClosed { get; private set; }

    public bool IsAborted { get; private set; }

    /// <summary>Bytes that the peer has sent and the connection has not read, because it is paused or closed.</summary>
    public int UnreadInput => _input.WrittenCount - _read;

    /// <summary>The peer sends <paramref name="bytes"/>.</summary>
    public void Receive(ReadOnlySpan<byte> bytes)
    {
        _input.Write(bytes);
        RequestRead();
    }

    public void Receive(string text) => Receive(MsrpText.Bytes(text));

    /// <summary>The peer sends nothing more.</summary>
    public void EndInput()
    {
        _inputEnded = true;
        RequestRead();
    }

    /// <summary>The peer stops reading.</summary>
    public void Block() => Window = 0;

    /// <summary>The peer reads again, all that comes or <paramref name="bytes"/> more.</summary>
    public void Unblock(long bytes = long.MaxValue)
    {
        Window = bytes;
        RequestRead();
    }

    /// <summary>What the peer has received since the last call.</summary>
    public byte[] TakeOutput()
    {
        var output = _output.WrittenSpan.ToArray();
        _output.ResetWrittenCount();
        return output;
    }

    /// <summary>The same as frames; fails when it is anything else than whole frames.</summary>
    public IReadOnlyList<MsrpWireFrame> TakeFrames()
    {
        var output = TakeOutput();
        var reading = MsrpReference.Read(output);
        return reading is { Rejection: MsrpRejection.None, Unread: 0 }
            ? reading.Frames
            : throw new InvalidOperationException($"{reading.Rejection}, {reading.Unread} bytes unread in: {MsrpText.Text(output)}");
    }

    protected override void OnReady()
    {
        if (IsBlocked && Window > 0 && !IsClosed)
        {
            OutboxSent(TransmitOutbox());
            if (!IsBlocked)
            {
                OnTransportWritable();
            }
        }

        if (IsClosed || IsPaused)
        {
            return;
        }

        _read += Consume(_input.WrittenSpan[_read..]);
        if (_read == _input.WrittenCount)
        {
            _input.ResetWrittenCount();
            _read = 0;
        }

        if (TryMove())
        {
            return;
        }

        if (HasStoppedEarly)
        {
            if (!IsPaused)
            {
                RequestRead();
            }
        }
        else if (_inputEnded && !IsClosed)
        {
            OnTransportEnded(UnreadInput);
        }
    }

    protected override Span<byte> GetTransportSpan(int size)
    {
        if (_scratch.Length < _written + size)
        {
            Array.Resize(ref _scratch, Math.Max(_written + size, 2 * _scratch.Length));
        }

        return _scratch.AsSpan(_written);
    }

    protected override void AdvanceTransport(int count) => _written += count;

    protected override bool FlushTransport()
    {
        var data = _scratch.AsSpan(0, _written);
        _written = 0;
        if (WriteFailure is { } failure)
        {
            throw failure;
        }

        var sent = Transmit(data);
        if (sent == data.Length)
        {
            return true;
        }

        KeepUnsent(data[sent..]);
        return false;
    }

    protected override void CloseTransport(bool abort)
    {
        IsTransportClosed = true;
        IsAborted = abort;
    }

    protected override void RequestRead() => QueueReady();

    private int TransmitOutbox()
    {
        var sent = 0;
        foreach (var span in Outbox)
        {
            sent += Transmit(span);
        }

        return sent;
    }

    private int Transmit(ReadOnlySpan<byte> data)
    {
        var count = (int)Math.Min(data.Length, Window);
        if (!DiscardsOutput)
        {
            _output.Write(data[..count]);
        }

        Window -= Window == long.MaxValue ? 0 : count;
        BytesTaken += count;
        return count;
    }
}
