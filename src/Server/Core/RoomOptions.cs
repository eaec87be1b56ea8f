namespace OmaIm.Server.Core;

/// <summary>A room that exists from the start and stays when it is empty.</summary>
public sealed record RoomOptions
{
    /// <summary>The user part of the room's address: <c>lobby</c> in <c>sip:lobby@rooms.localhost</c>.</summary>
    public required string Name { get; init; }

    public RoomAccess Access { get; init; }

    /// <summary>The users who may join a private room: <c>alice</c> or <c>sip:alice@localhost</c>.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>The users who may invite anybody and expel anybody, written like <see cref="Members"/>; they are members too.</summary>
    public IReadOnlyList<string> Moderators { get; init; } = [];

    /// <summary>
    /// Whether it is a pre-defined group (OMA IM): who comes first opens it, and every other member and moderator is invited. Otherwise it is a
    /// chat group, to which everybody comes by himself.
    /// </summary>
    public bool InvitesMembers { get; init; }

    /// <summary>Whether a member may open the room, that is come first; otherwise only moderators do (OMA IM: allow-initiate-conference).</summary>
    public bool MembersMayOpen { get; init; } = true;

    /// <summary>Whether users may join and speak without their name (<c>Privacy: id</c>); otherwise that is refused.</summary>
    public bool AllowsAnonymity { get; init; }

    public string? Subject { get; init; }

    /// <summary>How many users may be in the room at once; 1,000 is what the switch was measured with.</summary>
    public int MaximumUsers { get; init; } = 1_000;
}
