using OmaIm.Protocols.Sip;

namespace OmaIm.Stack.Transport;

/// <summary>What the transport counts. Safe to read from any thread.</summary>
public sealed class SipTransportStatistics
{
    private readonly long[] _rejections = new long[Enum.GetValues<SipRejection>().Length];
    private long _messagesReceived;
    private long _messagesSent;
    private long _streamBytes;
    private long _keepAlives;
    private long _queueFull;
    private long _sendFailures;
    private long _unansweredRejections;
    private long _connectionsAccepted;
    private long _connectionsRefused;
    private long _connectionsClosed;

    public long MessagesReceived => Interlocked.Read(ref _messagesReceived);

    public long MessagesSent => Interlocked.Read(ref _messagesSent);

    /// <summary>Bytes that were taken from connections.</summary>
    public long StreamBytesReceived => Interlocked.Read(ref _streamBytes);

    /// <summary>CRLF pings and pongs (RFC 5626 section 3.5.1).</summary>
    public long KeepAlives => Interlocked.Read(ref _keepAlives);

    /// <summary>Datagrams dropped because the control loop is behind.</summary>
    public long QueueFull => Interlocked.Read(ref _queueFull);

    /// <summary>Messages that the flow could not carry: closed, or too large for UDP.</summary>
    public long SendFailures => Interlocked.Read(ref _sendFailures);

    /// <summary>Rejected messages that got no answer: responses, ACKs, what could not be answered without amplification.</summary>
    public long UnansweredRejections => Interlocked.Read(ref _unansweredRejections);

    public long ConnectionsAccepted => Interlocked.Read(ref _connectionsAccepted);

    /// <summary>Connections over a limit.</summary>
    public long ConnectionsRefused => Interlocked.Read(ref _connectionsRefused);

    public long ConnectionsClosed => Interlocked.Read(ref _connectionsClosed);

    /// <summary>How many messages were rejected for this reason.</summary>
    public long Rejected(SipRejection rejection) => Interlocked.Read(ref _rejections[(int)rejection]);

    internal void CountReceived() => Interlocked.Increment(ref _messagesReceived);

    internal void CountSent() => Interlocked.Increment(ref _messagesSent);

    internal void CountStreamBytes(long bytes) => Interlocked.Add(ref _streamBytes, bytes);

    internal void CountKeepAlive() => Interlocked.Increment(ref _keepAlives);

    internal void CountQueueFull() => Interlocked.Increment(ref _queueFull);

    internal void CountSendFailure() => Interlocked.Increment(ref _sendFailures);

    internal void CountRejection(SipRejection rejection) => Interlocked.Increment(ref _rejections[(int)rejection]);

    internal void CountUnansweredRejection() => Interlocked.Increment(ref _unansweredRejections);

    internal void CountAccepted() => Interlocked.Increment(ref _connectionsAccepted);

    internal void CountRefused() => Interlocked.Increment(ref _connectionsRefused);

    internal void CountClosed() => Interlocked.Increment(ref _connectionsClosed);
}
