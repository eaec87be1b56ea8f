namespace OmaIm.Protocols.Conference;

/// <summary>The subscriber's copy of a conference's state, kept up to date document by document (RFC 4575 section 4.6).</summary>
/// <remarks>One roster belongs to one subscription; call <see cref="Reset"/> when a new one takes its place. Not thread-safe.</remarks>
public sealed class ConferenceRoster
{
    private bool _isKnown;

    public string? Entity { get; private set; }

    /// <summary>The version of the last document that was applied.</summary>
    public uint Version { get; private set; }

    public string? DisplayText { get; private set; }

    public string? Subject { get; private set; }

    public int? MaximumUserCount { get; private set; }

    /// <summary>The participants in the order in which they became known. A new list after each change; old ones stay as they are.</summary>
    public IReadOnlyList<ConferenceUser> Users { get; private set; } = [];

    /// <summary>Takes a document over.</summary>
    public RosterResult Apply(ConferenceInfo document)
    {
        if (_isKnown && document.Version <= Version)
        {
            return RosterResult.Ignored;
        }

        if (document.State == InfoState.Deleted)
        {
            Accept(document);
            Users = [];
            return RosterResult.Deleted;
        }

        // A full document stands for itself; a partial one only directly behind its predecessor.
        var isFull = document.State == InfoState.Full;
        if (!isFull && (!_isKnown || document.Version != Version + 1))
        {
            return RosterResult.NeedsFullState;
        }

        // The users element may be partial in a full document too, but there is nothing that it could change.
        var users = Merge(isFull || document.UsersState == InfoState.Full ? [] : Users, document.Users);
        if (users.Count > ConferenceInfo.MaximumUsers)
        {
            return RosterResult.NeedsFullState;
        }

        Accept(document);
        DisplayText = document.DisplayText ?? (isFull ? null : DisplayText);
        Subject = document.Subject ?? (isFull ? null : Subject);
        MaximumUserCount = document.MaximumUserCount ?? (isFull ? null : MaximumUserCount);
        Users = users;
        return RosterResult.Applied;
    }

    /// <summary>Forgets the version, so that the first document of a new subscription counts. The users stay until it comes.</summary>
    public void Reset() => _isKnown = false;

    private void Accept(ConferenceInfo document)
    {
        _isKnown = true;
        Version = document.Version;
        Entity = document.Entity;
    }

    /// <summary>The rules of RFC 4575 section 4.6 for a table of users: full replaces or adds, partial changes, deleted removes.</summary>
    private static List<ConferenceUser> Merge(IReadOnlyList<ConferenceUser> known, IReadOnlyList<ConferenceUser> changes) =>
        Merge(known, changes, user => user.Entity, user => user.State, Change);

    private static ConferenceUser Change(ConferenceUser known, ConferenceUser change) => known with
    {
        DisplayText = change.DisplayText ?? known.DisplayText,
        Roles = change.Roles.Count > 0 ? change.Roles : known.Roles,
        IsYourOwn = known.IsYourOwn || change.IsYourOwn,
        Endpoints = Merge(known.Endpoints, change.Endpoints, endpoint => endpoint.Entity, endpoint => endpoint.State, Change),
    };

    private static ConferenceEndpoint Change(ConferenceEndpoint known, ConferenceEndpoint change) => known with
    {
        DisplayText = change.DisplayText ?? known.DisplayText,
        Status = change.Status ?? known.Status,
        JoiningMethod = change.JoiningMethod ?? known.JoiningMethod,
        DisconnectionMethod = change.DisconnectionMethod ?? known.DisconnectionMethod,
        DisconnectionReason = change.DisconnectionReason ?? known.DisconnectionReason,
    };

    private static List<T> Merge<T>(IReadOnlyList<T> known, IReadOnlyList<T> changes, Func<T, string> key, Func<T, InfoState> state, Func<T, T, T> change)
        where T : class
    {
        // Deleted rows leave a hole until the end, so that the others keep their places.
        List<T?> rows = [.. known];
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < known.Count; i++)
        {
            places[key(known[i])] = i;
        }

        foreach (var row in changes)
        {
            var isThere = places.TryGetValue(key(row), out var place);
            if (state(row) == InfoState.Deleted)
            {
                if (isThere)
                {
                    rows[place] = null;
                    places.Remove(key(row));
                }
            }
            else if (isThere)
            {
                rows[place] = state(row) == InfoState.Partial ? change(rows[place]!, row) : row;
            }
            else
            {
                places[key(row)] = rows.Count;
                rows.Add(row);
            }
        }

        return [.. rows.OfType<T>()];
    }
}
