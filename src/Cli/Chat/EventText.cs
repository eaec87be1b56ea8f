using System.Globalization;
using OmaIm.Cli.Terminal;
using OmaIm.Client;

namespace OmaIm.Cli.Chat;

/// <summary>What happens in a room, in words that are safe to print.</summary>
internal static class EventText
{
    /// <summary>One line, or null for what needs none.</summary>
    public static string? Of(RoomEvent roomEvent) => roomEvent switch
    {
        MemberJoined { Participant: { IsSelf: false } who } => $"{Printable.Name(who.Name)} joined",
        MemberLeft { Participant: { IsSelf: false } who } left => $"{Printable.Name(who.Name)} {Departure(left.Reason)}",
        NicknameChanged { Participant.IsSelf: false } change => NewName(change),
        ConnectionLost lost => $"connection lost ({Printable.Name(lost.Reason)}); joining again...",
        Rejoined rejoined => string.Create(CultureInfo.InvariantCulture, $"joined again after {rejoined.After.TotalSeconds:0.0} s"),
        EventsDropped dropped => string.Create(CultureInfo.InvariantCulture, $"{dropped.Count} events were lost here: this side was too slow"),
        Closed closed => $"the session is over: {Printable.Name(closed.Reason)}",
        _ => null,
    };

    /// <summary>The text of a message, or what it is when it is no text.</summary>
    public static string Body(MessageReceived message) => message.IsText
        ? Printable.Text(message.Text)
        : string.Create(CultureInfo.InvariantCulture, $"[{Printable.Name(message.ContentType)}, {message.Content.Length} bytes]");

    private static string NewName(NicknameChanged change)
    {
        var before = change.Previous ?? change.Participant.WithoutNickname().Name;
        return $"{Printable.Name(before)} is now called {Printable.Name(change.Participant.Name)}";
    }

    private static string Departure(string? reason) => reason switch
    {
        "booted" => "was expelled",
        "failed" => "lost the connection",
        _ => "left",
    };
}
