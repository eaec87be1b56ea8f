using OmaIm.Stack.Msrp;

namespace OmaIm.Client;

/// <summary>How to be in a room.</summary>
public sealed record JoinOptions
{
    /// <summary>What to be called there (RFC 7701 section 7); null for no nickname. When it is taken, joining fails.</summary>
    public string? Nickname { get; init; }

    /// <summary>
    /// Whether to learn who is there and who comes and goes. Off saves a subscription and its notifications: do so where hundreds of members
    /// of one room share an <see cref="ImRuntime"/>, or the one connection carries the roster as many times.
    /// </summary>
    public bool SubscribeRoster { get; init; } = true;

    /// <summary>Whether a lost connection or session is made anew, with growing waits, until <see cref="RoomSession.LeaveAsync"/>.</summary>
    public bool AutoRejoin { get; init; } = true;

    /// <summary>Largest message that this side takes, in bytes, its CPIM headers included; it goes into the offer as max-size (RFC 4975 section 8.6).</summary>
    public long MaxMessageSize { get; init; } = 32 * 1024 * 1024;

    /// <summary>How many events may wait in <see cref="RoomSession.Events"/> before new ones are dropped (and <see cref="EventsDropped"/> marks the gap).</summary>
    public int EventCapacity { get; init; } = 4096;

    /// <summary>How many bytes of message content may wait there.</summary>
    public long EventByteCapacity { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// Takes the MSRP frames as they come, on the MSRP thread, instead of messages in <see cref="RoomSession.Events"/>: for programs to which an
    /// allocation per message is too much. Other events stay where they are.
    /// </summary>
    public IMsrpSessionHandler? RawHandler { get; init; }

    /// <summary>
    /// Whether this side makes the MSRP connection. Off: the dialog stands, and somebody else connects by the two paths of
    /// <see cref="RoomSession.Msrp"/>, in the time that the room gives; messages and nicknames are his as well.
    /// </summary>
    public bool ConnectMedia { get; init; } = true;
}
