using System.Buffers;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;

namespace OmaIm.Stack.Transport;

/// <summary>
/// A connection, accepted or made by us. One task reads and frames, one writes what the outbox holds; the control loop waits for neither.
/// The reader goes on only when the loop has taken its messages, so that a busy loop slows the peer down instead of filling a queue.
/// </summary>
internal sealed class StreamSipFlow : SipFlow
{
    private static readonly byte[] Pong = "\r\n"u8.ToArray();

    private readonly SipTransport _transport;
    private readonly ConnectionContext _connection;
    private readonly Channel<ReadOnlyMemory<byte>> _outbox = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new() { SingleReader = true });
    private readonly List<ReceivedMessage> _batch = [];
    private readonly bool _isAccepted;
    private bool _halfPing;
    private long _queuedBytes;
    private long _deadline;
    private long _pongs;
    private string? _closeReason;

    public StreamSipFlow(SipTransport transport, ConnectionContext connection, SipProtocol protocol, bool isAccepted)
    {
        _transport = transport;
        _isAccepted = isAccepted;
        _connection = connection;
        Protocol = protocol;
        Local = EndPointOf(connection.LocalEndPoint);
        Remote = EndPointOf(connection.RemoteEndPoint);
        SetDeadline(transport.Options.FirstByteTimeout);
    }

    public override SipProtocol Protocol { get; }

    public override IPEndPoint Local { get; }

    public override IPEndPoint Remote { get; }

    public override bool IsOpen => Volatile.Read(ref _closeReason) is null;

    public override string SentBy => _transport.Options.SentBy ?? base.SentBy;

    public override long Pongs => Interlocked.Read(ref _pongs);

    public string CloseReason => Volatile.Read(ref _closeReason) ?? "open";

    /// <summary>Whether the peer has let its time go by: to the first byte, to the end of a message, or to the next one.</summary>
    public bool IsOverdue => Volatile.Read(ref _deadline) <= _transport.Now;

    public override void Send(ReadOnlyMemory<byte> message)
    {
        if (Interlocked.Add(ref _queuedBytes, message.Length) > _transport.Options.WriteQueueBytes)
        {
            Abort("the peer reads too slowly");
        }

        if (IsOpen && _outbox.Writer.TryWrite(message))
        {
            _transport.Statistics.CountSent();
        }
        else
        {
            _transport.Statistics.CountSendFailure();
        }
    }

    /// <summary>Closes when the outbox has been written, or when the peer does not take it in time.</summary>
    public override void Close(string reason)
    {
        if (Interlocked.CompareExchange(ref _closeReason, reason, null) is null)
        {
            SetDeadline(_transport.Options.ConnectTimeout);
            _outbox.Writer.TryComplete();
        }
    }

    public void Abort(string reason)
    {
        Interlocked.CompareExchange(ref _closeReason, reason, null);
        _outbox.Writer.TryComplete();
        _connection.Abort(new ConnectionAbortedException(reason));
        _connection.Transport.Output.CancelPendingFlush();
        _connection.Transport.Input.CancelPendingRead();
    }

    public async Task RunAsync()
    {
        var writing = WriteAsync();
        try
        {
            await ReadAsync();
        }
        finally
        {
            Close("the peer closed");
            await writing;
        }
    }

    private static IPEndPoint EndPointOf(EndPoint? endpoint) => endpoint is IPEndPoint ip ? UdpSocket.Normalize(ip) : new IPEndPoint(IPAddress.None, 0);

    private async Task ReadAsync()
    {
        var input = _connection.Transport.Input;
        using var partial = new StreamBuffer();
        try
        {
            while (IsOpen)
            {
                var result = await input.ReadAsync();
                var framed = Frame(result.Buffer, partial);
                _transport.Statistics.CountStreamBytes(result.Buffer.Length);
                input.AdvanceTo(result.Buffer.End);
                if (_batch.Count > 0)
                {
                    await _transport.DeliverAsync(_batch);
                    _batch.Clear();
                }

                if (!framed)
                {
                    Close("the framing is lost");
                }

                if (result.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            Abort(exception.Message);
        }

        await input.CompleteAsync();
    }

    /// <summary>Takes all whole messages from the new bytes. False: no further message can be found on this connection.</summary>
    private bool Frame(in ReadOnlySequence<byte> received, StreamBuffer partial)
    {
        if (received.IsEmpty)
        {
            return true;
        }

        var wasPartial = !partial.IsEmpty;
        if (!wasPartial && received.IsSingleSegment)
        {
            var framed = Frame(received.FirstSpan, out var consumed);
            if (framed && consumed < received.Length)
            {
                partial.Append(received.Slice(consumed));
            }

            Touch(partial, consumed > 0 || !wasPartial);
            return framed;
        }
        else
        {
            partial.Append(received);
            var framed = Frame(partial.Span, out var consumed);
            partial.KeepLast(framed ? partial.Span.Length - consumed : 0);
            Touch(partial, consumed > 0 || !wasPartial);
            return framed;
        }
    }

    private bool Frame(ReadOnlySpan<byte> bytes, out int taken)
    {
        taken = 0;
        while (taken < bytes.Length)
        {
            var status = SipReader.ReadStream(bytes[taken..], _transport.Options.Limits, out var consumed, out var message, out var rejection);
            if (status == ParseStatus.NeedMoreData)
            {
                break;
            }

            if (status == ParseStatus.Complete && message is null)
            {
                KeepAlive(consumed);
            }
            else
            {
                _halfPing = false;
                _batch.Add(ReceivedMessage.Create(message, rejection, this, consumed));
            }

            taken += consumed;
            if (status == ParseStatus.Malformed && (consumed == 0 || SipRejections.CloseStream(rejection)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// RFC 5626 section 3.5.1: CRLFCRLF is a ping and gets CRLF, also when it comes in two halves. Only who connected pings: to the
    /// other side two CRLFs are two pongs.
    /// </summary>
    private void KeepAlive(int octets)
    {
        _transport.Statistics.CountKeepAlive();
        var isPing = octets == 4 || (_isAccepted && _halfPing);
        _halfPing = !isPing;
        if (isPing)
        {
            Send(Pong);
        }
        else if (!_isAccepted)
        {
            Interlocked.Increment(ref _pongs);
        }
    }

    /// <summary>A message has its time from its first byte on; only whole messages set the clock anew.</summary>
    private void Touch(StreamBuffer partial, bool progressed)
    {
        if (partial.IsEmpty)
        {
            SetDeadline(_transport.Options.IdleTimeout);
        }
        else if (progressed)
        {
            SetDeadline(_transport.Options.MessageTimeout);
        }

        // What still came in gives no more time to a connection that closes.
        if (!IsOpen)
        {
            SetDeadline(_transport.Options.ConnectTimeout);
        }
    }

    // Whoever looks next, on whatever thread, whether it is open sees what was set before.
    private void SetDeadline(TimeSpan fromNow) => Interlocked.Exchange(ref _deadline, _transport.Now + fromNow.Ticks);

    private async Task WriteAsync()
    {
        var output = _connection.Transport.Output;
        try
        {
            while (await _outbox.Reader.WaitToReadAsync())
            {
                var written = 0;
                while (_outbox.Reader.TryRead(out var message))
                {
                    output.Write(message.Span);
                    written += message.Length;
                }

                var result = await output.FlushAsync();
                Interlocked.Add(ref _queuedBytes, -written);
                if (result.IsCompleted || result.IsCanceled)
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            Interlocked.CompareExchange(ref _closeReason, exception.Message, null);
        }

        Close("the peer closed");
        await output.CompleteAsync();

        // The reader may be waiting for a peer that says nothing more.
        _connection.Transport.Input.CancelPendingRead();
    }
}
