namespace OmaIm.Client;

/// <summary>
/// What is kept of large messages whose session broke before they were whole, so that another session can go on with them. What is given up
/// comes from its start again.
/// </summary>
public sealed record PartialMessageOptions
{
    /// <summary>Broken sessions whose messages are kept; 0 keeps none. 8: more senders than one user has at a time.</summary>
    public int Count { get; init; } = 8;

    /// <summary>Bytes of memory that they may hold together. 64 MiB: two messages of the largest size that is taken by default.</summary>
    public long Bytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How long they are kept. 5 minutes: longer than a sender goes on trying.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(5);
}
