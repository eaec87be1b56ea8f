namespace OmaIm.Server.Core;

/// <summary>Bounds and periods of one-to-one sessions, each with the reason for its default.</summary>
public sealed record SessionOptions
{
    /// <summary>Which way the messages take.</summary>
    public SessionMode Mode { get; init; }

    /// <summary>How long the callee's devices may ring: a minute is what people are used to from telephones.</summary>
    public TimeSpan RingTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a session waits for a client's MSRP connection, the first one or, after it was lost, the next one (RFC 4975 section 5.4):
    /// a change of networks takes seconds, and TCP sees no sooner that the other is gone.
    /// </summary>
    public TimeSpan RecoveryTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long of that a client has to come back who has lost his SIP connection as well, which a program loses by ending and a client at rest
    /// by the same fault in the network. 4 s: a client connects anew within two.
    /// </summary>
    public TimeSpan ReturnTime { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// How long, after one side's BYE, the other may take to get what was answered to the first before it hears the BYE, too. 2 min: what a
    /// connection holds that takes 50 KB/s; one that takes nothing is given up sooner.
    /// </summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Bytes of a whole message or file; a larger one gets 413. 2 GiB: a file of 1 GB fits, and nothing of it is kept here; the limit is
    /// for the recipients.
    /// </summary>
    public long MaximumMessageSize { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Sessions that one user may have begun: everybody he knows, on every device. Only the caller is counted, so that nobody can fill another's share.</summary>
    public int SessionsPerUser { get; init; } = 100;

    /// <summary>Sessions at once: each costs two dialogs and a route, about 10 KB.</summary>
    public int Sessions { get; init; } = 20_000;
}
