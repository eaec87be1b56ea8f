namespace OmaIm.Protocols.Sip;

public sealed record DigestCredentials
{
    public required string Username { get; init; }
    public required string Realm { get; init; }
    public required string Nonce { get; init; }
    public required string Uri { get; init; }
    public required string Response { get; init; }
    public DigestAlgorithm Algorithm { get; init; }
    public string? Opaque { get; init; }
    public string? Qop { get; init; }
    public string? Nc { get; init; }
    public string? Cnonce { get; init; }
    /// <summary>The header value: "Digest username=...".</summary>
    public override string ToString() => throw new NotImplementedException();
}
