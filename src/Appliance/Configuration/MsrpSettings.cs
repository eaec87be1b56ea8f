using System.Net;
using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;
using OmaIm.Switch.Routes;

namespace OmaIm.Appliance.Configuration;

public sealed record MsrpSettings
{
    private static readonly MsrpLoopOptions Loop = new();
    private static readonly RoomRouteOptions Route = new();

    [Setting("Address to listen on.", Reason = "Loopback: nothing is reachable from outside until somebody decides so.")]
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    [Setting("Port to listen on; 0 takes any free one.", Maximum = 65_535, Reason = "2855 is the port of MSRP (RFC 4975 section 15.4).")]
    public int Port { get; init; } = 2855;

    [Setting("MSRP over TLS.")]
    public MsrpTlsSettings Tls { get; init; } = new();

    [Setting("Host name or address that MSRP paths and SDP carry. Needed when the listener is bound to every address.", Form = TextForm.Host, Minimum = 1)]
    public string? AdvertisedHost { get; init; }

    [Setting("Threads on which MSRP happens; 0 takes one for each processor that the process may use. A room belongs to one of them.",
        Maximum = MsrpEndpoint.MaximumLoops, Reason = "Rooms replicate side by side without a lock, and a thread without rooms costs nothing.")]
    public int Loops { get; init; }

    [Setting("Whether the MSRP loop reads and writes its sockets itself; false sends the bytes through Kestrel's pipes. Only Linux can, others never do.",
        Reason = "A send costs more than thirty deliveries within it: the loop makes one for each connection and flush.")]
    public bool DirectSockets { get; init; } = Loop.UseSockets;

    [Setting("Networks in which the server may connect to clients that only listen (a=setup:passive). The host that a client speaks SIP from is always allowed.",
        Maximum = 1_000, Reason = "Who may make the server connect anywhere may look around in its network.")]
    public IReadOnlyList<IPNetwork> ConnectNetworks { get; init; } = [];

    [Setting("Connections at once; further ones are closed at once.", Minimum = 1, Maximum = 1_000_000, Reason = "Within a usual limit of open files.")]
    public int MaxConnections { get; init; } = 65_536;

    [Setting("Connections of one address (IPv6: one /64); further ones are closed at once.", Minimum = 1, Maximum = 1_000_000,
        Reason = "A full room behind one address.")]
    public int MaxConnectionsPerAddress { get; init; } = 1_024;

    [Setting("Largest message in a room; larger ones get 413.", Minimum = 1_024, Maximum = 17_179_869_184, Unit = "B",
        Reason = "The switch stores nothing of it: the limit protects the members.")]
    public long MaxMessageBytes { get; init; } = Route.MaximumMessageSize;

    [Setting("Messages that a session may have begun and not ended.", Minimum = 1, Maximum = 1_000, Reason = "More than any client interleaves.")]
    public int MaxOpenMessages { get; init; } = Route.MaximumOpenMessages;

    [Setting("What members are asked to answer to a room's messages: everything, errors only, or nothing.",
        Reason = "A switch learns of dead members from TCP, and answers cost as much as deliveries.")]
    public FailureReport FailureReport { get; init; } = Route.FailureReport;

    [Setting("Bytes that may wait for one connection; beyond, copies for it are dropped or it is detached.", Minimum = 65_536, Maximum = 67_108_864, Unit = "B",
        Reason = "A stalled member costs no more, a moment's jam fits.")]
    public int OutboxBytes { get; init; } = Loop.OutboxBytes;

    [Setting("The same for a connection over TLS, or without `Msrp:DirectSockets`.", Minimum = 65_536, Maximum = 67_108_864, Unit = "B",
        Reason = "What is not encrypted yet waits here, where a plain connection's jams wait in the kernel first.")]
    public int PipeOutboxBytes { get; init; } = Loop.PipeOutboxBytes;

    [Setting("Bytes of a one-to-one session that wait, unanswered, while its other side is away or too slow. What is more stays unread, or is refused (408) where other sessions would wait with it.",
        Minimum = 32_768, Maximum = 262_144, Unit = "B", Reason = "As much as a client has on its way that waits for answers behind 64 chunks.")]
    public int DeferredBytes { get; init; } = Loop.DeferredBytes;

    [Setting("A connection that takes nothing of what waits for it for this long is detached.", Minimum = 1, Maximum = 3_600, Unit = "s",
        Reason = "TCP itself survives such gaps in radio coverage.")]
    public int SlowReaderSeconds { get; init; } = (int)Loop.OutboxAge.TotalSeconds;

    [Setting("How long a member may take nothing before long messages no longer wait for him.", Minimum = 10, Maximum = 60_000, Unit = "ms",
        Reason = "A radio gap is bridged, a dead reader soon forgotten.")]
    public int StallMilliseconds { get; init; } = (int)Route.Stall.TotalMilliseconds;

    [Setting("Rate at which a long message to a room goes on, however slow its members are; who is slower for long is detached.", Minimum = 1_024, Maximum = 67_108_864, Unit = "B/s",
        Reason = "A tenth of what a poor mobile link carries: nobody keeps the others waiting for more than a minute a megabyte.")]
    public int LongMessageRate { get; init; } = Route.LeastStreamRate;

    [Setting("A connection whose first byte takes longer is closed.", Minimum = 1, Maximum = 600, Unit = "s", Reason = "Who connects has something to say.")]
    public int FirstByteSeconds { get; init; } = (int)Loop.FirstByte.TotalSeconds;

    [Setting("A connection that has bound no session for this long is closed.", Minimum = 1, Maximum = 600, Unit = "s", Reason = "The transaction timeout of RFC 4975.")]
    public int BindSeconds { get; init; } = (int)Loop.Bind.TotalSeconds;

    [Setting("Rate at which a frame that has begun must come in; slower connections are closed.", Minimum = 0, Maximum = 1_048_576, Unit = "B/s",
        Reason = "What Kestrel asks of a request body.")]
    public int MinimumRate { get; init; } = Loop.MinimumRate;

    [Setting("Grace before MinimumRate counts.", Minimum = 1, Maximum = 600, Unit = "s", Reason = "What Kestrel gives.")]
    public int MinimumRateGraceSeconds { get; init; } = (int)Loop.MinimumRateGrace.TotalSeconds;

    [Setting("Frames for no session that a connection may send within 30 s before it is closed; those for a session of its own that has ended do not count.",
        Minimum = 1, Maximum = 1_000, Reason = "A client that takes one of its sessions for another's sends a few.")]
    public int MaxStrayFrames { get; init; } = Loop.Failures;

    [Setting("Sessions on one connection.", Minimum = 1, Maximum = 10_000, Reason = "A client is in that many rooms at most.")]
    public int SessionsPerConnection { get; init; } = Loop.SessionsPerConnection;

    [Setting("Sessions on one connection of a relay.", Minimum = 1, Maximum = 10_000, Reason = "It brings those of many clients.")]
    public int SessionsPerRelayConnection { get; init; } = Loop.SessionsPerRelayConnection;

    [Setting("The longest that a flush waits for the one before it when there is much to deliver; 0 flushes at once, always.", Minimum = 0, Maximum = 1_000, Unit = "ms",
        Reason = "Fewer, larger sends save most of a busy loop's time, and nobody sees 5 ms.")]
    public int FlushMilliseconds { get; init; } = (int)Loop.FlushInterval.TotalMilliseconds;

    [Setting("Share of a core up to which a loop flushes at once; above it a flush waits for the one before it, no longer than it must. Beyond 220,000 deliveries a second the share grows with them, up to 2.25 times.", Minimum = 1, Maximum = 100,
        Unit = "percent", Reason = "A loop that is busy for less has nothing to save.")]
    public int BusyPercent { get; init; } = (int)Math.Round(Loop.BusyShare * 100);

    [Setting("How long the loop goes on reading before it flushes.", Minimum = 0, Maximum = 100_000, Unit = "us",
        Reason = "Longer gains no deliveries per write, shorter loses some.")]
    public int DrainMicroseconds { get; init; } = (int)Loop.Drain.TotalMicroseconds;
}
