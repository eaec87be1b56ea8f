using OmaIm.Protocols.Conference;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Switch.Routes;

namespace OmaIm.Server.Rooms;

/// <summary>
/// One room: the focus of a conference (RFC 4353), of which the fan-out route in the switch is the mixer. It knows who is in, decides who
/// may come in, and tells the subscribers of its roster.
/// </summary>
public sealed class Room
{
    private readonly Dictionary<string, Participant> _participants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DialOut> _invitations = new(StringComparer.Ordinal);
    private readonly RoomServices _services;
    private readonly RoomOptions _options;
    private readonly Roster _roster = new();
    private readonly Action<Room> _onEmpty;
    private int _sessionNumber;

    /// <param name="services">What rooms work with.</param>
    /// <param name="options">The room as it was configured, or as the factory made it.</param>
    /// <param name="creator">The user who made an ad-hoc room; null for a room that stays.</param>
    /// <param name="onEmpty">Called when an ad-hoc room has lost its last participant and nobody is being invited.</param>
    public Room(RoomServices services, RoomOptions options, Caller? creator, Action<Room> onEmpty)
    {
        _services = services;
        _options = options;
        _onEmpty = onEmpty;
        Creator = creator;
        Uri = services.Addresses.RoomUri(options.Name);
        Rights = new RoomRights(
            options.Access,
            options.Members.Select(services.Addresses.AorOfConfigured),
            options.Moderators.Select(services.Addresses.AorOfConfigured));
        Nicknames = new NicknameTable(services.Accounts.Exists);
        Notifier = new RosterNotifier(services.Loop, services.Limits, services.Metrics, _roster, Describe);
        Route = new RoomRoute(services.Endpoint, Uri.Aor, services.Route, new RouteEvents(services.Loop, services.Metrics));
    }

    public string Name => _options.Name;

    public SipUri Uri { get; }

    public string? Subject => _options.Subject;

    /// <summary>Whether users may be here without their name.</summary>
    public bool AllowsAnonymity => _options.AllowsAnonymity;

    public Caller? Creator { get; }

    public RoomRights Rights { get; }

    public NicknameTable Nicknames { get; }

    public RosterNotifier Notifier { get; }

    public RoomRoute Route { get; }

    public bool IsClosed { get; private set; }

    public int UserCount => _participants.Count;

    public IEnumerable<RoomSession> Sessions => _participants.Values.SelectMany(participant => participant.Sessions);

    public bool IsParticipant(string aor) => _participants.ContainsKey(aor);

    /// <summary>Whether a user may enter now with one more session.</summary>
    public RoomRefusal CheckEntry(string aor)
    {
        if (!Rights.MayJoin(aor))
        {
            return RoomRefusal.NotMember;
        }

        if (_participants.TryGetValue(aor, out var participant))
        {
            return participant.Sessions.Count < _services.Limits.SessionsPerUser ? RoomRefusal.None : RoomRefusal.TooManySessions;
        }

        return _participants.Count < _options.MaximumUsers ? RoomRefusal.None : RoomRefusal.RoomFull;
    }

    /// <summary>The URI of a new session in the roster: the user's address with a number, which tells nobody where he is.</summary>
    public string NextEndpoint(string aor) => $"{aor};session={++_sessionNumber}";

    public void Enter(RoomSession session)
    {
        if (!_participants.TryGetValue(session.User.Aor, out var participant))
        {
            _participants.Add(session.User.Aor, participant = new Participant(session.User));
        }

        participant.Sessions.Add(session);
        _services.Metrics.Joined();
        _services.Log.Entered(session.User.Aor, Uri.Aor);
        UpdateRoster(session.User.Aor, DisconnectionMethod.Departed);
    }

    /// <summary>Takes a session out of the room; does nothing for one that is not in.</summary>
    public void Leave(RoomSession session, LeaveReason reason)
    {
        if (!_participants.TryGetValue(session.User.Aor, out var participant) || !participant.Sessions.Remove(session))
        {
            return;
        }

        if (participant.Sessions.Count == 0)
        {
            _participants.Remove(session.User.Aor);
            Nicknames.Free(session.User.Aor);
        }

        var tag = LeaveReasons.Tag(reason);
        _services.Metrics.Left(tag);
        _services.Log.Left(session.User.Aor, Uri.Aor, tag);
        UpdateRoster(session.User.Aor, LeaveReasons.Disconnection(reason));
        CloseIfEmpty();
    }

    /// <summary>Ends all sessions of a user, and his invitation; false when he is not there.</summary>
    public bool Expel(string aor)
    {
        Rights.Revoke(aor);
        if (!Rights.MayJoin(aor))
        {
            Notifier.Reject(aor);
        }

        var isInvited = _invitations.TryGetValue(aor, out var invitation);
        invitation?.Cancel();
        if (!_participants.TryGetValue(aor, out var participant))
        {
            return isInvited;
        }

        participant.Sessions.ToList().ForEach(session => session.End(LeaveReason.Expelled));
        return true;
    }

    /// <summary>Invites a user, and opens the room to him if the inviter may do that. The caller checked the inviter's right.</summary>
    /// <param name="inviter">Who invites.</param>
    /// <param name="target">The address-of-record of the invited.</param>
    /// <param name="onDone">Gets the final status and phrase.</param>
    public RoomRefusal Invite(Caller inviter, string target, Action<int, string> onDone)
    {
        if (!SipUri.TryParse(target, out var uri) || !_services.Addresses.TryGetUser(uri, out var user) || !_services.Accounts.Exists(user))
        {
            onDone(404, "Not Found");
            return RoomRefusal.None;
        }

        if (_invitations.ContainsKey(target))
        {
            return RoomRefusal.AlreadyInvited;
        }

        if (_invitations.Count >= _services.Limits.Invitations)
        {
            return RoomRefusal.TooManyInvitations;
        }

        Rights.Invite(target);
        var invitation = new DialOut(_services, this, inviter, new Caller(user, target), (ended, status, phrase) =>
        {
            EndInvitation(ended);
            onDone(status, phrase);
        });
        _invitations.Add(target, invitation);
        UpdateRoster(target, DisconnectionMethod.Failed);
        invitation.Start();
        return RoomRefusal.None;
    }

    /// <summary>Answers a NICKNAME request (RFC 7701 section 7).</summary>
    public NicknameVerdict TakeNickname(RoomSession session, string requested)
    {
        if (_participants.GetValueOrDefault(session.User.Aor)?.Sessions.Contains(session) != true)
        {
            return NicknameVerdict.NotInRoom;
        }

        var verdict = Nicknames.Reserve(session.User.User, session.User.Aor, requested);
        if (verdict is NicknameVerdict.Granted or NicknameVerdict.GivenUp)
        {
            UpdateRoster(session.User.Aor, DisconnectionMethod.Departed);
        }

        return verdict;
    }

    /// <summary>Ends everything in the room.</summary>
    public void Close(LeaveReason reason)
    {
        IsClosed = true;
        _invitations.Values.ToList().ForEach(invitation => invitation.Cancel());
        Sessions.ToList().ForEach(session => session.End(reason));
        Notifier.Close();
    }

    private void EndInvitation(DialOut invitation)
    {
        _invitations.Remove(invitation.Target.Aor);
        if (!IsClosed)
        {
            UpdateRoster(invitation.Target.Aor, DisconnectionMethod.Failed);
            CloseIfEmpty();
        }
    }

    private void CloseIfEmpty()
    {
        if (Creator is not null && !IsClosed && _participants.Count == 0 && _invitations.Count == 0)
        {
            Close(LeaveReason.Closed);
            _onEmpty(this);
        }
    }

    private void UpdateRoster(string aor, DisconnectionMethod ifGone)
    {
        _roster.Set(RosterEntry.Create(
            aor,
            Nicknames.Of(aor),
            Rights.IsModerator(aor),
            _participants.GetValueOrDefault(aor)?.Sessions ?? [],
            _invitations.ContainsKey(aor),
            ifGone));
        Notifier.Changed();
    }

    private ConferenceInfo Describe() => new()
    {
        Entity = Uri.Aor,
        DisplayText = _options.Name,
        Subject = _options.Subject,
        MaximumUserCount = _options.MaximumUsers,
        UserCount = _participants.Count,
    };
}
