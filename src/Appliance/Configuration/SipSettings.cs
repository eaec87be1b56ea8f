namespace OmaIm.Appliance.Configuration;

public sealed record SipSettings
{
    [Setting("SIP over UDP.")]
    public ListenerSettings Udp { get; init; } = new();

    [Setting("SIP over TCP.")]
    public ListenerSettings Tcp { get; init; } = new();

    [Setting("Host name or address that Via and Contact carry. Needed when a listener is bound to every address.", Form = TextForm.Host, Minimum = 1)]
    public string? AdvertisedHost { get; init; }

    [Setting("TCP connections at once; further ones are closed at once.", Minimum = 1, Maximum = 1_000_000,
        Reason = "Some 20 KB each with its buffers: 200 MB at worst.")]
    public int MaxConnections { get; init; } = 10_000;

    [Setting("TCP connections of one address (IPv6: one /64); further ones are closed at once.", Minimum = 1, Maximum = 1_000_000,
        Reason = "Well above a household or an office behind one address, and what Kamailio ships.")]
    public int MaxConnectionsPerAddress { get; init; } = 1_024;
}
