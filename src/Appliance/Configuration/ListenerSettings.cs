using System.Net;

namespace OmaIm.Appliance.Configuration;

/// <summary>Where one SIP transport listens.</summary>
public sealed record ListenerSettings
{
    [Setting("Address to listen on.", Reason = "Loopback: nothing is reachable from outside until somebody decides so.")]
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    [Setting("Port to listen on; 0 takes any free one.", Maximum = 65_535, Reason = "5060 is the port of SIP (RFC 3261 section 18.1).")]
    public int Port { get; init; } = 5060;
}
