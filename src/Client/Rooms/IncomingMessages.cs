using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Sip;

namespace OmaIm.Client.Rooms;

/// <summary>Turns whole MSRP messages into events. Runs on the MSRP thread.</summary>
internal sealed class IncomingMessages(SipUri self, Roster roster, EventQueue events)
{
    private SipUri? _room;

    /// <summary>Set when the room is joined, before its first message.</summary>
    public SipUri Room
    {
        set => Volatile.Write(ref _room, value);
    }

    /// <param name="contentType">The type of the MSRP body; a room sends message/cpim alone (RFC 7701 section 6.1).</param>
    /// <param name="body">The whole body, owned by the receiver from here on.</param>
    /// <returns>False when nobody will see it: it cannot be read, or the reader of the events is too far behind.</returns>
    public bool Take(string contentType, ReadOnlyMemory<byte> body)
    {
        if (!contentType.StartsWith("message/cpim", StringComparison.OrdinalIgnoreCase) || !CpimMessage.TryParse(body, out var message))
        {
            return false;
        }

        var from = Address(message.From?.Uri);
        var to = message.To.Count > 0 ? Address(message.To[0].Uri) : "";
        return events.Write(new MessageReceived(
            from,
            NameOf(from),
            to,
            IsPrivate: to == self.Aor || (to.Length > 0 && _room is { } room && to != room.Aor),
            message.DateTime,
            message.ContentType ?? "text/plain",
            message.Content));
    }

    /// <summary>What the room vouches for: the formal name in the message is whatever its sender wants, another's name for one.</summary>
    private string NameOf(string uri) => roster.Find(uri)?.Nickname ?? Participant.UserPart(uri);

    private static string Address(string? uri) => SipUri.TryParse(uri, out var parsed) ? parsed.Aor : uri ?? "";
}
