using System.Net;

namespace OmaIm.Appliance.Configuration;

public sealed record MsrpSettings
{
    [Setting("Address to listen on.", Reason = "Loopback: nothing is reachable from outside until somebody decides so.")]
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    [Setting("Port to listen on; 0 takes any free one.", Maximum = 65_535, Reason = "2855 is the port of MSRP (RFC 4975 section 15.4).")]
    public int Port { get; init; } = 2855;

    [Setting("Host name or address that MSRP paths and SDP carry. Needed when the listener is bound to every address.", Form = TextForm.Host, Minimum = 1)]
    public string? AdvertisedHost { get; init; }

    [Setting("TCP connections at once; further ones are closed at once.", Minimum = 1, Maximum = 1_000_000,
        Reason = "Some 20 KB each with its buffers: 200 MB at worst.")]
    public int MaxConnections { get; init; } = 10_000;

    [Setting("TCP connections of one address (IPv6: one /64); further ones are closed at once.", Minimum = 1, Maximum = 1_000_000,
        Reason = "A full room behind one address.")]
    public int MaxConnectionsPerAddress { get; init; } = 1_024;
}
