namespace OmaIm.Server.Core;

/// <summary>Who may join a room.</summary>
public enum RoomAccess
{
    /// <summary>Every authenticated user.</summary>
    Public,

    /// <summary>The room's members and whom a moderator invited.</summary>
    Private,
}
