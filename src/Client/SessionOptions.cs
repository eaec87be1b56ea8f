namespace OmaIm.Client;

/// <summary>How to be in a one-to-one session.</summary>
public sealed record SessionOptions
{
    /// <summary>What it is about, for the invited user; null for nothing.</summary>
    public string? Subject { get; init; }

    /// <summary>Media types that this side takes, inside message/cpim and outside of it.</summary>
    public IReadOnlyList<string> AcceptTypes { get; init; } = ["*"];

    /// <summary>
    /// Whether a lost MSRP connection is made anew by a re-INVITE, and what was not acknowledged is sent again under the same Message-ID
    /// (RFC 4975 section 5.4). Off: the session ends with its connection.
    /// </summary>
    public bool Recover { get; init; } = true;

    /// <summary>
    /// Whether this side has an MSRP connection, made by it or by the other side. Off: the dialog stands, and somebody else connects by the two
    /// paths of <see cref="ChatSession.Msrp"/>, in the time that the other side gives; messages are his as well.
    /// </summary>
    public bool ConnectMedia { get; init; } = true;

    /// <summary>How many events may wait in <see cref="ChatSession.Events"/> before new ones are dropped.</summary>
    public int EventCapacity { get; init; } = 4096;

    /// <summary>How many bytes of message content may wait there.</summary>
    public long EventByteCapacity { get; init; } = 64 * 1024 * 1024;
}
