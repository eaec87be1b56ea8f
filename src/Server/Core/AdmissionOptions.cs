namespace OmaIm.Server.Core;

/// <summary>Bounds and periods of the authentication (RFC 7616, RFC 8760).</summary>
public sealed record AdmissionOptions
{
    /// <summary>How long a nonce may be used: long enough for a client to keep it over a burst, short enough to be worthless when stolen.</summary>
    public TimeSpan NonceLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Nonces whose nonce count is remembered, about 150 bytes each; only a proven user makes an entry.</summary>
    public int NonceEntries { get; init; } = 100_000;

    /// <summary>
    /// Whether a challenge offers SHA-256 in front of MD5 (RFC 8760). Clients exist that read nothing behind a challenge whose algorithm they do
    /// not know, baresip 1.0 for one; they need it off.
    /// </summary>
    public bool OffersSha256 { get; init; } = true;
}
