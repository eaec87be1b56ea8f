namespace OmaIm.Stack.Msrp;

/// <summary>Limits of one loop and its connections, each with the reason for its default.</summary>
public sealed record MsrpLoopOptions
{
    /// <summary>
    /// Whether the loop reads and writes plain TCP sockets itself (Linux). Without it, and for whatever stands behind middleware such as TLS,
    /// bytes come through Kestrel's pipes.
    /// </summary>
    public bool UseSockets { get; init; } = true;

    /// <summary>How long a loop goes on reading before it flushes. 100 us: longer gains no deliveries per send, shorter loses some.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromMicroseconds(100);

    /// <summary>Rendered bytes after which a loop flushes at once. 128 KiB: a batch and one more piece fit into an outbox.</summary>
    public int DrainBytes { get; init; } = 128 * 1024;

    /// <summary>
    /// The same for what goes to all members of a room, once each. 512 KiB: thirty messages of 16 KB leave in one send to each member. A member who
    /// takes none of it keeps that much, once, until the next flush cuts him off.
    /// </summary>
    public int RoomDrainBytes { get; init; } = 512 * 1024;

    /// <summary>Bytes that one flush copies to members before the loop reads on. 48 MiB, some 15 ms: all others wait for as long.</summary>
    public long CopiedBytes { get; init; } = 48 * 1024 * 1024;

    /// <summary>
    /// The longest that a flush waits for the one before it, when there is much to deliver; zero flushes at the end of every drain.
    /// 5 ms: a send costs as much as thirty deliveries within it, so that fewer, larger sends save most of a busy loop's time,
    /// and nobody sees 5 ms.
    /// </summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Share of its time up to which a loop flushes without waiting in between. 0.18: what a busy loop saves by waiting is many times
    /// that, and a loop that is busy for less has nothing to save. Where there is very much to deliver the loop may take up to 2.25 times that.
    /// </summary>
    public double BusyShare { get; init; } = 0.18;

    /// <summary>
    /// Bytes of long messages that one flush delivers; then their senders wait for as long as that flush took, so that long messages take
    /// half of the loop's time at most. 512 KiB: a flush of it takes a millisecond or two, which is what a short message waits for.
    /// </summary>
    public int StreamBytes { get; init; } = 512 * 1024;

    /// <summary>Bytes that may wait for one connection. 256 KiB: a stalled member costs no more, a moment's jam fits.</summary>
    public int OutboxBytes { get; init; } = 256 * 1024;

    /// <summary>
    /// Bytes that may wait for one connection behind Kestrel's pipes. 1 MiB: what TLS has not encrypted yet waits here, although the peer is not
    /// slow, whereas a socket's jams wait in the kernel first, which holds megabytes.
    /// </summary>
    public int PipeOutboxBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// Bytes of memory that a loop keeps for outboxes after a jam; the rest goes back to the system within a minute or so.
    /// 16 MiB: 64 members may lag again without a page fault.
    /// </summary>
    public int KeptBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How long a connection may take nothing of what waits for it. 30 s, as TCP itself survives such gaps in radio coverage.</summary>
    public TimeSpan OutboxAge { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a connection that has said its last waits for its peer's end. 5 s: what he still sends by then would meet a closed socket, and the
    /// reset would take from him what he has not read.
    /// </summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time to the first byte of a new connection. 10 s.</summary>
    public TimeSpan FirstByte { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Time until a connection has bound a session, or a relay's connection has bound another when its last one has ended; and then, until the
    /// loops have said that none of them is just binding one. 30 s, the transaction timeout of RFC 4975.
    /// </summary>
    public TimeSpan Bind { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long other sessions of a connection wait for a frame whose session's peer is not known yet. 2 s: his answer, which says so, was sent
    /// before, and one that was lost on the way has been sent twice more by then (RFC 3261 section 13.3.1.4).
    /// </summary>
    public TimeSpan PathWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Bytes a second at which a frame that has begun must come in. 240, as Kestrel asks of a request body.</summary>
    public int MinimumRate { get; init; } = 240;

    /// <summary>Grace before <see cref="MinimumRate"/> counts. 5 s, as Kestrel gives.</summary>
    public TimeSpan MinimumRateGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Frames for no session that a connection may send within <see cref="Transaction"/> before it is closed; those for a session of its own that
    /// has ended are late and do not count. 10: a client that takes one of its sessions for another's sends a few.
    /// </summary>
    public int Failures { get; init; } = 10;

    /// <summary>Sessions on one connection. 64: a client is in that many rooms at most.</summary>
    public int SessionsPerConnection { get; init; } = 64;

    /// <summary>Sessions on one connection of a relay (RFC 4976). 1,000: it brings those of many clients.</summary>
    public int SessionsPerRelayConnection { get; init; } = 1_000;

    /// <summary>
    /// Bytes of a session that wait in memory as long as its owner cannot take content, 256 KiB at most. 160 KiB: as much as a client has on its
    /// way that waits for answers behind <see cref="ChunksInFlight"/> chunks of the usual size, so that nothing of his has to be refused.
    /// </summary>
    public int DeferredBytes { get; init; } = 160 * 1024;

    /// <summary>How long the answer to a chunk may take (RFC 4975 section 7.1.1: 30 s).</summary>
    public TimeSpan Transaction { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Chunks sent and not yet answered, for each session. 64: 128 KiB in flight at the usual 2,048 bytes.</summary>
    public int ChunksInFlight { get; init; } = 64;
}
