using OmaIm.Stack.Transport;

namespace OmaIm.Appliance.Configuration;

public sealed record SipSettings
{
    private static readonly SipTransportOptions Defaults = new();

    [Setting("SIP over UDP.")]
    public ListenerSettings Udp { get; init; } = new();

    [Setting("SIP over TCP.")]
    public ListenerSettings Tcp { get; init; } = new();

    [Setting("Host name or address that Via carries. Needed when a listener is bound to every address.", Form = TextForm.Host, Minimum = 1)]
    public string? AdvertisedHost { get; init; }

    [Setting("TCP connections at once; further ones are closed at once.", Minimum = 1, Maximum = 1_000_000,
        Reason = "Within a usual limit of open files.")]
    public int MaxConnections { get; init; } = Defaults.Connections;

    [Setting("TCP connections of one address (IPv6: one /64); further ones are closed at once.", Minimum = 1, Maximum = 1_000_000,
        Reason = "Well above an office behind one address, and what Kamailio ships.")]
    public int MaxConnectionsPerAddress { get; init; } = Defaults.ConnectionsPerAddress;

    [Setting("Largest start line and headers of a message together.", Minimum = 1_024, Maximum = 1_048_576, Unit = "B",
        Reason = "Four times the longest honest head, and little enough to be held by 10,000 slow connections.")]
    public int MaxHeadBytes { get; init; } = Defaults.Limits.Head;

    [Setting("Header lines of a message.", Minimum = 16, Maximum = 10_000, Reason = "Real requests have fewer than 50.")]
    public int MaxHeaders { get; init; } = Defaults.Limits.Headers;

    [Setting("Largest body of a message over TCP.", Minimum = 1_024, Maximum = 67_108_864, Unit = "B",
        Reason = "The roster of a full room has some 300 KB; messages go by MSRP.")]
    public int MaxBodyBytes { get; init; } = Defaults.Limits.Body;

    [Setting("What may wait for a TCP peer that reads slowly; beyond, the connection is closed.", Minimum = 16_384, Maximum = 67_108_864, Unit = "B",
        Reason = "A hundred messages.")]
    public int WriteQueueBytes { get; init; } = Defaults.WriteQueueBytes;

    [Setting("A TCP connection on which nothing came for this long is closed.", Minimum = 10, Maximum = 86_400, Unit = "s",
        Reason = "Clients ping every two minutes (RFC 5626 section 4.4.1).")]
    public int IdleSeconds { get; init; } = (int)Defaults.IdleTimeout.TotalSeconds;

    [Setting("A TCP connection whose first byte takes longer is closed.", Minimum = 1, Maximum = 600, Unit = "s", Reason = "Who connects has something to say.")]
    public int FirstByteSeconds { get; init; } = (int)Defaults.FirstByteTimeout.TotalSeconds;

    [Setting("A message that takes longer to arrive ends its connection.", Minimum = 1, Maximum = 600, Unit = "s",
        Reason = "Against peers that send a byte now and then.")]
    public int MessageSeconds { get; init; } = (int)Defaults.MessageTimeout.TotalSeconds;
}
