using OmaIm.Client.Files;
using OmaIm.Client.Signalling;
using OmaIm.Stack.Transport;

namespace OmaIm.Client;

/// <summary>An account and the server that it lives on.</summary>
public sealed record ImClientOptions
{
    /// <summary>The user part of the account's address: <c>alice</c> of sip:alice@localhost.</summary>
    public required string User { get; init; }

    public required string Password { get; init; }

    /// <summary>The domain of the account's address.</summary>
    public string Domain { get; init; } = "localhost";

    /// <summary>Where every request goes (the outbound proxy): host or host:port, an IPv6 address in brackets. Port 5060 unless given.</summary>
    public string Server { get; init; } = "127.0.0.1:5060";

    /// <summary>
    /// Tcp or Udp. An INVITE with its credentials exceeds the 1,300 bytes that RFC 3261 section 18.1.1 allows over UDP where the path's MTU
    /// is not known, so Udp is for loopback and for networks that carry larger datagrams.
    /// </summary>
    public SipProtocol Transport { get; init; } = SipProtocol.Tcp;

    /// <summary>
    /// Joins rooms with MSRP over TLS, which the server must have a certificate for; null: over plain TCP. Invitations are answered with what
    /// the room offers. SIP itself is not secured by this.
    /// </summary>
    public MsrpTlsOptions? MsrpTls { get; init; }

    /// <summary>A relay for all MSRP (RFC 4976); null: connections to the server itself. Its scheme decides about TLS then.</summary>
    public MsrpRelayOptions? MsrpRelay { get; init; }

    /// <summary>A name for people, sent with requests and messages; null for none.</summary>
    public string? DisplayName { get; init; }

    /// <summary>How long a registration shall hold (RFC 3261 section 10.2.1.1). It is refreshed after half of what the server grants.</summary>
    public TimeSpan RegistrationExpiry { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Media types of messages that this user takes; others are answered 415. Receipts and composing notices always are taken.</summary>
    public IReadOnlyList<string> AcceptTypes { get; init; } = ["*"];

    /// <summary>
    /// Bytes of a message, with its CPIM headers, up to which it goes in pager mode; a larger one has an MSRP session of its own. 8 KiB, as many as
    /// the server takes by default.
    /// </summary>
    public int PagerMaximumSize { get; init; } = 8 * 1024;

    /// <summary>The largest message that this side takes in a session or in large message mode, in bytes. 32 MiB: a message is held in memory.</summary>
    public long MaximumMessageSize { get; init; } = 32 * 1024 * 1024;

    /// <summary>
    /// Sessions that one large message may take when they break, with growing waits between them. 8: about a minute, in which a server restarts
    /// and a network changes.
    /// </summary>
    public int LargeMessageAttempts { get; init; } = 8;

    /// <summary>What is kept of large messages whose session broke.</summary>
    public PartialMessageOptions PartialMessages { get; init; } = new();

    /// <summary>
    /// How long a session with another user lives on without a connection to the SIP server, which is made anew meanwhile. 5 minutes: longer
    /// than a restart or a walk through a tunnel takes.
    /// </summary>
    public TimeSpan SignallingRecoveryTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How files are transferred.</summary>
    public FileTransferOptions Files { get; init; } = new();

    /// <summary>Whether large messages are announced by <see cref="ImClient.SessionInvited"/> before they flow, instead of being taken as they come.</summary>
    public bool AskForLargeMessages { get; init; }

    /// <summary>
    /// Brings a received message into safety, such as a journal on disk, before its sender is told that it has arrived. When it fails, the
    /// message counts as not received; false means that it was there already, so that it is acknowledged and not shown again. Called on the
    /// control loop, which it must not block; messages are shown in the order in which they came, so that one that takes its time holds up those
    /// behind it.
    /// </summary>
    public Func<ImMessage, ValueTask<bool>>? BeforeAcknowledging { get; init; }

    /// <summary>
    /// How long <see cref="BeforeAcknowledging"/> may take before the message counts as not received; one that is in safety after that is shown all
    /// the same. 20 s: the sender of a MESSAGE waits for 32 s (RFC 3261 section 17.1.2.2).
    /// </summary>
    public TimeSpan KeepingTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether senders who ask for it are told by themselves that their message has arrived (RFC 5438 section 7.2.1).</summary>
    public bool SendDeliveryReceipts { get; init; } = true;

    /// <summary>
    /// Whether peers may connect to this side for MSRP, so that two clients need no server between them (OMA IM-4). Null: where this side's
    /// address is a loopback or private one.
    /// </summary>
    public bool? ListenForMsrp { get; init; }

    /// <summary>The threads and sockets to use. Null: a runtime of the client's own, which ends with it.</summary>
    public ImRuntime? Runtime { get; init; }

    /// <summary>What cannot be about these options, in words; null when they can be used.</summary>
    public string? FindProblem() => this switch
    {
        { User.Length: 0 } => "the user has no name",
        _ when Uri.CheckHostName(Domain) == UriHostNameType.Unknown => $"{Domain} is not a domain",
        _ when !ServerAddress.TryParse(Server, out _) => $"{Server} is not host or host:port",
        { Transport: not (SipProtocol.Tcp or SipProtocol.Udp) } => $"the client speaks Tcp and Udp, not {Transport}",
        { AcceptTypes.Count: 0 } => "no type of content is accepted",
        { PagerMaximumSize: < 0 } or { MaximumMessageSize: < 1 } => "a message has a size",
        { LargeMessageAttempts: < 1 } => "a large message needs an attempt",
        _ when KeepingTime <= TimeSpan.Zero => "keeping a message takes time",
        { PartialMessages: { Count: < 0 } or { Bytes: < 0 } } => "less than nothing cannot be kept",
        _ when RegistrationExpiry < TimeSpan.FromSeconds(1) => "a registration must hold for a second at least",
        _ => MsrpRelay?.FindProblem(),
    };
}
