namespace OmaIm.Server.Core;

/// <summary>Bounds of pager mode (RFC 3428).</summary>
public sealed record PagerOptions
{
    /// <summary>Bytes of a body; more gets 413. 8 KiB: what is longer is a large message and has a session of its own.</summary>
    public int BodyBytes { get; init; } = 8 * 1024;

    /// <summary>Bytes of a whole request towards a contact over UDP. 1,300: RFC 3428 section 8, where nothing keeps a sender from flooding a path.</summary>
    public int DatagramBytes { get; init; } = 1300;

    /// <summary>
    /// Recipients of one message to a list or a group; a longer list is refused. 100: one request of a sender's must not become
    /// thousands of the server's.
    /// </summary>
    public int Recipients { get; init; } = 100;

    /// <summary>
    /// How long receipts for a message to a list or a group wait for others, to reach the sender as one (RFC 5438 section 8.3). Zero, the
    /// default: each goes at once, because not every client reads several in one.
    /// </summary>
    public TimeSpan ReceiptWindow { get; init; }

    /// <summary>Receipts in one message; then it goes before its time. 20: some 8 KB, what a pager message carries; more than 64 nobody reads.</summary>
    public int GatheredReceipts { get; init; } = 20;

    /// <summary>Messages to lists and groups whose receipts are gathered, about 200 bytes each; for the oldest they then go one by one.</summary>
    public int GatheredMessages { get; init; } = 10_000;

    /// <summary>How long the contacts have to answer. 30 s: a sender's own transaction gives up after 32.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
