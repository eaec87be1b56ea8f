using OmaIm.Protocols.Sip;

namespace OmaIm.Stack.Transport;

/// <summary>The limits of the transport, each with its reason.</summary>
public sealed record SipTransportOptions
{
    public SipLimits Limits { get; init; } = SipLimits.Default;

    /// <summary>host[:port] for the Via of our requests; null: the local address of the flow.</summary>
    public string? SentBy { get; init; }

    /// <summary>Connections that one remote address may hold: more than the 300 that are promised, fewer than exhaust the process.</summary>
    public int ConnectionsPerAddress { get; init; } = 1024;

    /// <summary>Connections in all, within a usual limit of open files.</summary>
    public int Connections { get; init; } = 65_536;

    /// <summary>What may wait for a peer that reads slowly; beyond, the connection is closed.</summary>
    public int WriteQueueBytes { get; init; } = 256 * 1024;

    /// <summary>A connection on which nothing came for this long is closed; clients ping every few minutes (RFC 5626).</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Who connects has something to say.</summary>
    public TimeSpan FirstByteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest that one message may take to arrive: against peers that send a byte now and then.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an outgoing connection may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
