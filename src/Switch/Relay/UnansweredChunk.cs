namespace OmaIm.Switch.Relay;

/// <summary>What is remembered of a chunk until it is answered: enough for a failure report. One cache line.</summary>
internal struct UnansweredChunk
{
    /// <summary>The transaction id that was given to it.</summary>
    public ulong Id;

    /// <summary>Its Byte-Range: the first byte, and the total or -1.</summary>
    public long Start;
    public long Total;
    public int Length;

    /// <summary>When it was forwarded, in the route's seconds.</summary>
    public int SentAt;

    public MessageKey MessageId;
}
