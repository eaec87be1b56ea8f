using OmaIm.Protocols.Msrp;

namespace OmaIm.Stack.Msrp;

/// <summary>A message on its way to a peer, in as many chunks as its size asks for.</summary>
public sealed class OutgoingMessage(string contentType, ReadOnlyMemory<byte> body)
{
    private readonly ReadOnlyMemory<byte> _content = body;
    private readonly BodyReader? _reader;

    /// <summary>A message that is not held in memory: its body is read while it is sent.</summary>
    /// <param name="contentType">The type of the body.</param>
    /// <param name="length">Bytes of the body.</param>
    /// <param name="reader">Reads it, from the front to the end.</param>
    public OutgoingMessage(string contentType, long length, BodyReader reader)
        : this(contentType, ReadOnlyMemory<byte>.Empty)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        (Length, _reader) = (length, reader);
    }

    private OutgoingMessage(OutgoingMessage begun)
        : this(begun.ContentType, begun._content)
    {
        (Length, _reader, _id) = (begun.Length, begun._reader, begun._id);
        (ChunkSize, SuccessReport, FailureReport) = (begun.ChunkSize, begun.SuccessReport, begun.FailureReport);
        (Completed, Tag) = (begun.Completed, begun.Tag);
    }

    /// <summary>Reads a part of a body, on the loop's thread, which it must not block.</summary>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="most">The most bytes that it may have.</param>
    /// <returns>
    /// One byte at least; none when they are not there yet: then <see cref="MsrpSession.ContinueSending"/> says when they are. They are used
    /// before the next call.
    /// </returns>
    public delegate ReadOnlySpan<byte> BodyReader(long offset, int most);

    /// <summary>The status when the last chunk, and so the message, has been answered 200, or has left when no answer was asked for.</summary>
    public const int Delivered = 200;

    /// <summary>The status when an answer did not come in time.</summary>
    public const int TimedOut = 408;

    /// <summary>The status when the connection ended first.</summary>
    public const int ConnectionLost = 0;

    /// <summary>The status when this side gave it up.</summary>
    public const int Aborted = -1;

    private ulong _id;

    /// <exception cref="ArgumentException">It holds control characters.</exception>
    public string ContentType { get; } = MsrpGrammar.IsHeaderValue(contentType) ? contentType : throw new ArgumentException("No header value.", nameof(contentType));

    /// <summary>Bytes of the body.</summary>
    public long Length { get; } = body.Length;

    /// <summary>
    /// Bytes from the front that the receiver has already, so that they are not sent: an earlier session has brought them under the same
    /// Message-ID. <see cref="Again"/> sends them all the same.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or nothing would be left.</exception>
    public long Start
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Math.Max(0, Length - 1));
            (field, Sent) = (value, value);
        }
    }

    /// <summary>Bytes of body in a chunk. 2,048: more must be interruptible, and clients exist that take no more (RFC 4975 section 7.1.1).</summary>
    public int ChunkSize { get; init; } = 2048;

    public bool SuccessReport { get; init; }

    public FailureReport FailureReport { get; init; }

    /// <summary>Hears, on the loop's thread, the status code that ended the message: 200, the peer's error, 408, 0 or -1.</summary>
    public Action<OutgoingMessage, int>? Completed { get; init; }

    public object? Tag { get; init; }

    /// <summary>The Message-ID; given when the first chunk is written, where it is zero until then.</summary>
    public ulong Id { get => _id; init => _id = value; }

    /// <summary>Bytes that have left; for the loop's thread.</summary>
    internal long Sent { get; set; }

    internal bool HasBegun { get; set; }

    internal int Unanswered { get; set; }

    internal bool IsDone { get; private set; }

    internal bool IsBinding { get; private init; }

    internal bool IsSentWhole => HasBegun && Sent == Length;

    /// <summary>
    /// The same message under the same Message-ID, for the session that replaces a lost one (RFC 4975 section 5.4). It goes from its first byte:
    /// whoever stands between the two sides has told the receiver to forget what came of it, whatever was answered for. Any thread.
    /// </summary>
    public OutgoingMessage Again() => new(this);

    internal static OutgoingMessage Binding(Action<int> completed) =>
        new("", ReadOnlyMemory<byte>.Empty) { IsBinding = true, Completed = (_, status) => completed(status) };

    /// <summary>The next chunk; false when it is not there yet.</summary>
    internal bool TryRead(out ReadOnlySpan<byte> chunk)
    {
        var size = (int)Math.Min(ChunkSize, Length - Sent);
        chunk = _reader is null ? _content.Span.Slice((int)Sent, size) : size == 0 ? default : _reader(Sent, size);
        return chunk.Length > 0 || size == 0;
    }

    internal void Name(ulong id) => _id = id;

    internal void Complete(int status)
    {
        if (!IsDone)
        {
            IsDone = true;
            Completed?.Invoke(this, status);
        }
    }
}
