using OmaIm.Protocols.Conference;

namespace OmaIm.Server.Rooms;

/// <summary>
/// The users of one room in the order of their latest change. Each change has a number, so that a subscriber who knows the roster
/// up to some number is told what came after it, and nothing else: that is the partial notification of RFC 4575 section 4.6.
/// A user who left stays as a deleted element until every subscriber was told.
/// </summary>
public sealed class Roster
{
    private readonly LinkedList<Entry> _entries = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byEntity = new(StringComparer.Ordinal);
    private long _changes;

    /// <summary>The number of the latest change; 0 before the first.</summary>
    public long LatestChange => _changes;

    /// <summary>Entries in memory, deleted ones included.</summary>
    public int Count => _entries.Count;

    /// <summary>Notes how a user is now; a user whose state is deleted is one who left.</summary>
    public void Set(ConferenceUser user)
    {
        if (_byEntity.TryGetValue(user.Entity, out var node))
        {
            _entries.Remove(node);
        }

        _byEntity[user.Entity] = _entries.AddLast(new Entry(user, ++_changes));
    }

    /// <summary>What a subscriber who knows the roster up to <paramref name="since"/> must be told, oldest change first.</summary>
    /// <param name="since">The number of the last change that he knows; 0 for nothing, then deleted users are left out.</param>
    /// <param name="maximum">How many users to name at most.</param>
    /// <param name="upTo">The number of the last change that he knows afterwards.</param>
    public IReadOnlyList<ConferenceUser> Read(long since, int maximum, out long upTo)
    {
        var first = _entries.Last;
        while (first?.Previous is { } previous && previous.Value.Change > since)
        {
            first = previous;
        }

        var users = new List<ConferenceUser>();
        upTo = _changes;
        for (var node = first; node is not null; node = node.Next)
        {
            if (node.Value.Change <= since || (since == 0 && node.Value.User.State == InfoState.Deleted))
            {
                continue;
            }

            if (users.Count == maximum)
            {
                upTo = node.Previous!.Value.Change;
                break;
            }

            users.Add(node.Value.User);
        }

        return users;
    }

    /// <summary>Forgets the users who left, as far as every subscriber knows it.</summary>
    public void Forget(long knownToAll)
    {
        for (var node = _entries.First; node is not null && node.Value.Change <= knownToAll;)
        {
            var next = node.Next;
            if (node.Value.User.State == InfoState.Deleted)
            {
                _entries.Remove(node);
                _byEntity.Remove(node.Value.User.Entity);
            }

            node = next;
        }
    }

    private sealed record Entry(ConferenceUser User, long Change);
}
