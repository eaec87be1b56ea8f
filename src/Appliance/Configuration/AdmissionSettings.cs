using OmaIm.Server.Core;

namespace OmaIm.Appliance.Configuration;

public sealed record AdmissionSettings
{
    private static readonly AdmissionOptions Defaults = new();

    [Setting("How long a digest nonce may be used.", Minimum = 10, Maximum = 86_400, Unit = "s",
        Reason = "Long enough for a burst of requests, short enough to be worthless when stolen.")]
    public int NonceSeconds { get; init; } = (int)Defaults.NonceLifetime.TotalSeconds;

    [Setting("Nonces whose count is remembered against replay; the oldest goes first.", Minimum = 1_000, Maximum = 10_000_000,
        Reason = "About 150 bytes each; only a proven user makes an entry.")]
    public int NonceEntries { get; init; } = Defaults.NonceEntries;

    [Setting("Whether challenges offer SHA-256 in front of MD5 (RFC 8760).",
        Reason = "Clients that give up at an algorithm they do not know, baresip 1.0 for one, need it off.")]
    public bool Sha256 { get; init; } = Defaults.OffersSha256;
}
