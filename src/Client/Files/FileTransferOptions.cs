namespace OmaIm.Client.Files;

/// <summary>How files are transferred, each value with the reason for its default.</summary>
public sealed record FileTransferOptions
{
    /// <summary>Bytes in a chunk of a file. 64 KiB: a chunk costs an answer and a write, whatever its size; a chat has sessions of its own.</summary>
    public int ChunkSize { get; init; } = 64 * 1024;

    /// <summary>Largest file that is accepted, in bytes. 4 GiB: what the file systems of memory cards take.</summary>
    public long MaximumSize { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Bytes that may wait for the disk before the sender is held up. 4 MiB: a disk that pauses for some milliseconds holds up nobody.</summary>
    public int Unwritten { get; init; } = 4 * 1024 * 1024;

    /// <summary>Largest preview that is read, in bytes. 64 KiB: it travels in the INVITE.</summary>
    public int MaximumIcon { get; init; } = 64 * 1024;

    /// <summary>
    /// Whether the answer to a pushed file asks for its rest where a part of it is here. Peers that do not know that send all of it, which
    /// is then taken.
    /// </summary>
    public bool AsksForRest { get; init; } = true;

    /// <summary>
    /// How long the sender may say nothing in the middle of a file, while this side is ready to read. 2 min: longer than any network recovers, and
    /// a sender who hangs must not keep the part and its place for ever.
    /// </summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the receiver may need to check the file once he has all of it. 2 min: a slow disk reads some gigabytes in that time.</summary>
    public TimeSpan ReportTime { get; init; } = TimeSpan.FromMinutes(2);
}
