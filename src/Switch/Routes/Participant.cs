namespace OmaIm.Switch.Routes;

/// <summary>An account in a room, with its sessions that listen: what a private message is addressed to.</summary>
internal sealed class Participant(string aor)
{
    public string Aor { get; } = aor;

    public List<RoomMember> Members { get; } = [];

    public bool TakesPrivateMessages => Members.Exists(member => member.Options.PrivateMessages);
}
