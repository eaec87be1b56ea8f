namespace OmaIm.Protocols.Sip;

public sealed record DigestChallenge
{
    public required string Realm { get; init; }
    public required string Nonce { get; init; }
    public DigestAlgorithm Algorithm { get; init; }
    public string? Opaque { get; init; }
    /// <summary>The offered qop values; empty when the challenge has none (RFC 2069 style).</summary>
    public IReadOnlyList<string> Qop { get; init; } = [];
    public bool Stale { get; init; }
    /// <summary>The header value: "Digest realm=...".</summary>
    public override string ToString() => throw new NotImplementedException();
}
