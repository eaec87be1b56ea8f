using System.Net;

namespace OmaIm.Appliance.Configuration;

public sealed record HttpSettings
{
    [Setting("Address to listen on.", Reason = "Loopback: nothing is reachable from outside until somebody decides so.")]
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    [Setting("Port to listen on; 0 takes any free one.", Maximum = 65_535)]
    public int Port { get; init; } = 8080;

    [Setting("Connections at once; further ones are closed at once.", Minimum = 1, Maximum = 100_000,
        Reason = "Probes and scrapers need a handful.")]
    public int MaxConnections { get; init; } = 100;
}
