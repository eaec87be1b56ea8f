using OmaIm.Protocols.Conference;
using OmaIm.Protocols.Sip;

namespace OmaIm.Client.Rooms;

/// <summary>Who is in the room, learned from conference-info documents (RFC 4575), and what each document changed.</summary>
internal sealed class Roster(SipUri self)
{
    private ConferenceRoster _conference = new();
    private bool _isFirst = true;
    private Snapshot _snapshot = new([]);

    /// <summary>A snapshot; safe to read from any thread.</summary>
    public IReadOnlyList<Participant> Participants => Volatile.Read(ref _snapshot).Participants;

    /// <summary>The participant with that address-of-record, or null; from any thread.</summary>
    public Participant? Find(string uri) => Volatile.Read(ref _snapshot).ByUri.GetValueOrDefault(uri);

    /// <summary>A new subscription counts its versions anew.</summary>
    public void BeginSubscription()
    {
        _conference = new ConferenceRoster();
        _isFirst = true;
    }

    /// <summary>Takes a document in and says what it changed.</summary>
    public RosterResult Apply(ConferenceInfo document, List<RoomEvent> changes)
    {
        var result = _conference.Apply(document);
        if (result != RosterResult.Applied)
        {
            return result;
        }

        var before = Participants;

        // Entities that differ only in how they are written are one user.
        Participant[] after = [.. _conference.Users.Where(IsPresent).Select(ToParticipant).DistinctBy(participant => participant.Uri, StringComparer.Ordinal)];
        Volatile.Write(ref _snapshot, new Snapshot(after));
        if (_isFirst)
        {
            _isFirst = false;
            changes.Add(new RosterReplaced(after));
        }
        else
        {
            Compare(before, after, document, changes);
        }

        return result;
    }

    private static void Compare(IReadOnlyList<Participant> before, Participant[] after, ConferenceInfo document, List<RoomEvent> changes)
    {
        var gone = before.ToDictionary(participant => participant.Uri, StringComparer.Ordinal);
        foreach (var participant in after)
        {
            if (!gone.Remove(participant.Uri, out var known))
            {
                changes.Add(new MemberJoined(participant));
            }
            else if (known.Nickname != participant.Nickname)
            {
                changes.Add(new NicknameChanged(participant, known.Nickname));
            }
        }

        changes.AddRange(gone.Values.Select(participant => new MemberLeft(participant, Reason(participant, document))));
    }

    private static string? Reason(Participant participant, ConferenceInfo document) => document.Users
        .Where(user => Key(user.Entity) == participant.Uri)
        .SelectMany(user => user.Endpoints)
        .Select(endpoint => endpoint.DisconnectionMethod)
        .LastOrDefault(method => method is not null)?
        .ToString().ToLowerInvariant();

    /// <summary>Invited users are in the document before they are in the room (status dialing-out), and for a while behind it.</summary>
    private static bool IsPresent(ConferenceUser user) => user.Endpoints.Count == 0 || user.Endpoints.Any(endpoint =>
        endpoint.Status is null or EndpointStatus.Connected or EndpointStatus.OnHold or EndpointStatus.MutedViaFocus);

    private Participant ToParticipant(ConferenceUser user)
    {
        var uri = Key(user.Entity);
        var nickname = string.IsNullOrEmpty(user.DisplayText) ? null : user.DisplayText;
        return new Participant(uri, nickname, user.Roles, IsSelf: user.IsYourOwn || uri == self.Aor);
    }

    /// <summary>Addresses-of-record are compared in their canonical form.</summary>
    private static string Key(string entity) => SipUri.TryParse(entity, out var uri) ? uri.Aor : entity;

    private sealed class Snapshot(Participant[] participants)
    {
        public Participant[] Participants { get; } = participants;

        public Dictionary<string, Participant> ByUri { get; } = participants.ToDictionary(participant => participant.Uri, StringComparer.Ordinal);
    }
}
