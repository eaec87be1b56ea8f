namespace OmaIm.Protocols.Sip;

/// <summary>A challenge of the digest scheme, the value of WWW-Authenticate and Proxy-Authenticate (RFC 3261 section 22.4).</summary>
public sealed record DigestChallenge
{
    public required string Realm { get; init; }

    public required string Nonce { get; init; }

    public DigestAlgorithm Algorithm { get; init; }

    public string? Opaque { get; init; }

    /// <summary>The offered qop values; empty when the challenge has none (RFC 2069).</summary>
    public IReadOnlyList<string> Qop { get; init; } = [];

    /// <summary>Whether only the nonce was too old: the same password may be tried again.</summary>
    public bool Stale { get; init; }

    /// <summary>The header value: Digest realm="...", ...</summary>
    public override string ToString()
    {
        var writer = new AuthParameters.Writer("Digest");
        writer.Quoted("realm", Realm);
        writer.Quoted("nonce", Nonce);
        writer.Token("algorithm", Digest.NameOf(Algorithm));
        writer.Quoted("opaque", Opaque);
        writer.Quoted("qop", Qop.Count == 0 ? null : string.Join(',', Qop));
        writer.Token("stale", Stale ? "true" : null);
        return writer.ToString();
    }

    /// <summary>Reads a header value. True with a null challenge: another scheme or algorithm, or a piece is missing that digest needs.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> value, out string scheme, out DigestChallenge? challenge)
    {
        challenge = null;
        if (!AuthParameters.TryParse(value, out scheme, out var parameters))
        {
            return false;
        }

        if (parameters is not null && Digest.TryParseAlgorithm(parameters["algorithm"], out var algorithm)
            && parameters["realm"] is { } realm && parameters["nonce"] is { } nonce)
        {
            challenge = new DigestChallenge
            {
                Realm = realm,
                Nonce = nonce,
                Algorithm = algorithm,
                Opaque = parameters["opaque"],
                Qop = parameters["qop"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
                Stale = string.Equals(parameters["stale"], "true", StringComparison.OrdinalIgnoreCase),
            };
        }

        return true;
    }
}
