namespace OmaIm.Switch.Relay;

/// <summary>Limits of a relayed session, decided once, before the first message.</summary>
public sealed record RelayOptions
{
    /// <summary>Largest message in bytes; a larger one gets 413. 4 GiB: nothing of it is kept here, so files may be large.</summary>
    public long MaximumMessageSize { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Messages that a side may have begun and not ended. 16: more than any client interleaves.</summary>
    public int MaximumOpenMessages { get; init; } = 16;

    /// <summary>
    /// Chunks that one side may leave unanswered before the other is no longer read, 256 at most. 256: more than is on its way over any link, and
    /// 16 KiB of memory; sixteen times that where both sides say much at once before they answer.
    /// </summary>
    public int MaximumUnanswered { get; init; } = UnansweredChunks.Maximum;

    /// <summary>How long a side may take to answer a chunk (RFC 4975 section 7.1.1: 30 s); then its sender gets a failure report, 408.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
