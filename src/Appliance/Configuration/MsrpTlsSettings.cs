namespace OmaIm.Appliance.Configuration;

/// <summary>The listener for MSRP over TLS. Its limits are those of Msrp, counted for itself.</summary>
public sealed record MsrpTlsSettings
{
    [Setting("Port to listen on, at Msrp:Address, once there is a certificate; 0 takes any free one.", Maximum = 65_535, Reason = "The one next to MSRP's own.")]
    public int Port { get; init; } = 2856;

    [Setting("A connection whose TLS handshake takes longer is closed.", Minimum = 1, Maximum = 600, Unit = "s", Reason = "What Kestrel gives.")]
    public int HandshakeSeconds { get; init; } = 10;
}
