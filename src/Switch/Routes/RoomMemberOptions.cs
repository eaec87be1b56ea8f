namespace OmaIm.Switch.Routes;

/// <summary>What the focus knows of a session that joins a room.</summary>
public sealed record RoomMemberOptions
{
    /// <summary>The authenticated address-of-record: the only From that this session's messages may carry.</summary>
    public required string Aor { get; init; }

    /// <summary>The address that the others see in CPIM From, and write to, instead of <see cref="Aor"/>; null for a user who says his name.</summary>
    public string? Pseudonym { get; init; }

    /// <summary>The path attribute of the peer's SDP.</summary>
    public required string RemotePath { get; init; }

    /// <summary>Whether the peer's chatroom attribute offers private-messages.</summary>
    public bool PrivateMessages { get; init; }

    /// <summary>Content types that the peer takes inside message/cpim; null for all of them.</summary>
    public IReadOnlyList<string>? AcceptWrappedTypes { get; init; }

    /// <summary>Bytes of the largest message that the peer takes, its max-size (RFC 4975 section 8.6).</summary>
    public long MaximumMessageSize { get; init; } = long.MaxValue;

    public object? Tag { get; init; }
}
