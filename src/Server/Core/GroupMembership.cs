namespace OmaIm.Server.Core;

/// <summary>A group as one of its members sees it.</summary>
/// <param name="Members">The addresses-of-record of all members, his own included.</param>
/// <param name="AllowsAnonymity">Whether members may speak without their name.</param>
public sealed record GroupMembership(IReadOnlyCollection<string> Members, bool AllowsAnonymity);
