using OmaIm.Server.Core;

namespace OmaIm.Server.Rooms;

/// <summary>Who may do what in one room. Users are addresses-of-record.</summary>
public sealed class RoomRights(RoomAccess access, IEnumerable<string> members, IEnumerable<string> moderators)
{
    private readonly HashSet<string> _members = new(members, StringComparer.Ordinal);
    private readonly HashSet<string> _moderators = new(moderators, StringComparer.Ordinal);
    private readonly HashSet<string> _invited = new(StringComparer.Ordinal);

    /// <summary>Everybody whom the configuration, the creator or an invitation made a member.</summary>
    public IReadOnlyCollection<string> Members => [.. _members.Union(_moderators).Union(_invited)];

    /// <summary>Whether a user is one of them: more than <see cref="MayJoin"/>, which a public room says to everybody.</summary>
    public bool IsMember(string aor) => _members.Contains(aor) || _moderators.Contains(aor) || _invited.Contains(aor);

    public bool IsModerator(string aor) => _moderators.Contains(aor);

    public bool MayJoin(string aor) =>
        access == RoomAccess.Public || IsMember(aor);

    /// <summary>A moderator invites whom he likes; a participant only those who could come by themselves.</summary>
    public bool MayInvite(string aor, bool isParticipant, string target) => IsModerator(aor) || (isParticipant && MayJoin(target));

    /// <summary>Opens a private room to a user. The set is bounded by the accounts.</summary>
    public void Invite(string aor) => _invited.Add(aor);

    /// <summary>Takes the invitation back from a user who was expelled. What the configuration gives stays.</summary>
    public void Revoke(string aor) => _invited.Remove(aor);
}
