using OmaIm.Server.Core;

namespace OmaIm.Appliance.Configuration;

public sealed record RoomSettings
{
    [Setting("User part of the room's address: lobby in sip:lobby@rooms.localhost.", Required = true, Form = TextForm.User, Minimum = 1, Maximum = 64)]
    public string Name { get; init; } = "";

    [Setting("Who may join: public lets in every authenticated user, private only members, moderators and whom a moderator invited.")]
    public RoomAccess Access { get; init; }

    [Setting("Who may join a private room.", Form = TextForm.UserOrUri, Maximum = 10_000)]
    public IReadOnlyList<string> Members { get; init; } = [];

    [Setting("Who may invite and expel anybody; they are members too.", Form = TextForm.UserOrUri, Maximum = 1_000)]
    public IReadOnlyList<string> Moderators { get; init; } = [];

    [Setting("What the room is about; shown in the roster.", Minimum = 1)]
    public string? Subject { get; init; }

    [Setting("Whether it is a pre-defined group: who comes first opens it, and all other members are invited.")]
    public bool InviteMembers { get; init; }

    [Setting("Whether a member may open the room by coming first; otherwise only moderators do.")]
    public bool AllowInitiate { get; init; } = true;

    [Setting("Whether users may join and speak without their name (Privacy: id).")]
    public bool AllowAnonymity { get; init; }

    [Setting("Users in the room at once; one more is refused.", Minimum = 1, Maximum = 10_000,
        Reason = "1,000 is what the switch was measured with.")]
    public int MaxMembers { get; init; } = 1_000;
}
