namespace OmaIm.Server.Core;

/// <summary>The groups whose address takes pager messages.</summary>
public interface IGroups
{
    /// <summary>The group of that name as one of its members sees it; null when there is none, or the sender is no member.</summary>
    /// <param name="name">The user part of the group's address.</param>
    /// <param name="aor">The address-of-record of the sender.</param>
    GroupMembership? Find(string name, string aor);
}
