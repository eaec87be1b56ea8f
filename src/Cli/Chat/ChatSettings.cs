namespace OmaIm.Cli.Chat;

/// <summary>What the command line of <c>omaim chat</c> says, completed by its defaults.</summary>
/// <param name="Room">URI of the room.</param>
/// <param name="User">User part of the account.</param>
/// <param name="Password">Password of the account.</param>
/// <param name="Server">Host and port of the server's SIP listener.</param>
/// <param name="Domain">Domain of the account.</param>
internal sealed record ChatSettings(string Room, string User, string Password, string Server, string Domain)
{
    /// <summary>A room is named by its SIP URI, or by its name alone in the rooms' domain.</summary>
    public static string RoomUri(string room, string domain) =>
        room.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) || room.StartsWith("sips:", StringComparison.OrdinalIgnoreCase) ? room
        : room.Contains('@', StringComparison.Ordinal) ? "sip:" + room
        : $"sip:{Uri.EscapeDataString(room)}@rooms.{domain}";

    /// <summary>The same for a user.</summary>
    public static string UserUri(string user, string domain) =>
        user.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) || user.StartsWith("sips:", StringComparison.OrdinalIgnoreCase) ? user
        : user.Contains('@', StringComparison.Ordinal) ? "sip:" + user
        : $"sip:{Uri.EscapeDataString(user)}@{domain}";
}
