namespace OmaIm.Server.Admission;

/// <summary>What credentials turn out to be.</summary>
public enum DigestResult
{
    Proven,

    /// <summary>Wrong password, unknown user, invented nonce, another realm's opaque, another request's uri: all alike to the sender.</summary>
    Wrong,

    /// <summary>The right password, but a nonce that is too old (RFC 7616 section 3.3: stale).</summary>
    Stale,

    /// <summary>The right password, but a nonce count that was used before.</summary>
    Replayed,
}
