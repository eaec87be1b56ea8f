using System.Text;

namespace OmaIm.Client;

/// <summary>Something that happened in a room, in the order in which this client learned it.</summary>
public abstract record RoomEvent;

/// <summary>A whole message of another participant (a CPIM message, RFC 3862, unwrapped).</summary>
/// <param name="From">SIP URI of the sender, as the room's focus vouches for it.</param>
/// <param name="FromName">The sender's nickname if the roster knows one, else the display name in the message, else the user part of the URI.</param>
/// <param name="To">SIP URI of the room, or of this user for a private message.</param>
/// <param name="IsPrivate">Sent to this participant alone (RFC 7701 section 6.2).</param>
/// <param name="SentAt">The sender's DateTime; null when the message carries none.</param>
/// <param name="ContentType">MIME type of <paramref name="Content"/> with its parameters.</param>
/// <param name="Content">The wrapped body, byte-exact. It is the reader's to keep.</param>
public sealed record MessageReceived(
    string From,
    string FromName,
    string To,
    bool IsPrivate,
    DateTimeOffset? SentAt,
    string ContentType,
    ReadOnlyMemory<byte> Content) : RoomEvent
{
    /// <summary>Whether <see cref="Text"/> is worth showing.</summary>
    public bool IsText => ContentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The content read as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Content.Span);
}

/// <summary>Somebody is in the room who was not there before (conference event package, RFC 4575).</summary>
public sealed record MemberJoined(Participant Participant) : RoomEvent;

/// <summary>Somebody is no longer in the room.</summary>
/// <param name="Participant">As last known.</param>
/// <param name="Reason">The disconnection method of RFC 4575 section 5.7.6: departed, booted, failed or busy; null when not told.</param>
public sealed record MemberLeft(Participant Participant, string? Reason) : RoomEvent;

/// <summary>Somebody goes by another nickname now (RFC 7701 section 7).</summary>
public sealed record NicknameChanged(Participant Participant, string? Previous) : RoomEvent;

/// <summary>The roster was read anew after joining, re-joining or a gap; <see cref="RoomSession.Roster"/> holds all of it.</summary>
public sealed record RosterReplaced(IReadOnlyList<Participant> Participants) : RoomEvent;

/// <summary>The way to the room broke. Re-joining has begun unless <see cref="JoinOptions.AutoRejoin"/> is off.</summary>
public sealed record ConnectionLost(string Reason) : RoomEvent;

/// <summary>The room is joined again, with the nickname of before where it was still free.</summary>
/// <param name="After">How long the room was away.</param>
public sealed record Rejoined(TimeSpan After) : RoomEvent;

/// <summary>The reader was too slow: this many events that belong here were dropped (see <see cref="JoinOptions.EventCapacity"/>).</summary>
public sealed record EventsDropped(int Count) : RoomEvent;

/// <summary>The last event: the session is over and will not return.</summary>
/// <param name="Reason">Why, in words.</param>
/// <param name="Failure">What ended it, or null for an orderly end.</param>
public sealed record Closed(string Reason, ImException? Failure) : RoomEvent;
