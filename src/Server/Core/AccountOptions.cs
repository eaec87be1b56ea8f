namespace OmaIm.Server.Core;

/// <summary>One account: either a password, or the digests H(user:realm:password) made of it.</summary>
public sealed record AccountOptions
{
    /// <summary>The user part of the address: <c>alice</c> in <c>sip:alice@localhost</c>.</summary>
    public required string User { get; init; }

    public string? Password { get; init; }

    /// <summary>MD5 of <c>user:realm:password</c> in hex; used where there is no password.</summary>
    public string? Ha1Md5 { get; init; }

    /// <summary>SHA-256 of <c>user:realm:password</c> in hex; used where there is no password.</summary>
    public string? Ha1Sha256 { get; init; }
}
