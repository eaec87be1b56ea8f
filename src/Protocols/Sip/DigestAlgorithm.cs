namespace OmaIm.Protocols.Sip;

/// <summary>The hash of a digest (RFC 7616 section 3.3, RFC 8760); the session variants hash nonce and cnonce into the secret.</summary>
public enum DigestAlgorithm
{
    /// <summary>MD5, the default when none is named.</summary>
    Md5,

    /// <summary>MD5-sess.</summary>
    Md5Session,

    /// <summary>SHA-256.</summary>
    Sha256,

    /// <summary>SHA-256-sess.</summary>
    Sha256Session,
}
