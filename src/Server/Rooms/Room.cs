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
    private readonly Dictionary<string, RefusedInvitation> _refused = new(StringComparer.Ordinal);
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
        Nicknames = new NicknameTable(services.Accounts.HasAlike);
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

    /// <summary>The addresses of users who are here without their name.</summary>
    public Pseudonyms Pseudonyms { get; } = new();

    public RosterNotifier Notifier { get; }

    public RoomRoute Route { get; }

    public bool IsClosed { get; private set; }

    public int UserCount => _participants.Count;

    public IEnumerable<RoomSession> Sessions => _participants.Values.SelectMany(participant => participant.Sessions);

    /// <summary>Whether a user is here, under his name or without it.</summary>
    public bool IsParticipant(string aor) => _participants.ContainsKey(aor)
        || (Pseudonyms.Has(aor) && _participants.ContainsKey(Pseudonyms.Of(aor)));

    /// <summary>Whether a user may enter now with one more session.</summary>
    /// <param name="user">The user.</param>
    /// <param name="isAnonymous">Whether he comes without his name: then he is another participant than under it.</param>
    public RoomRefusal CheckEntry(Caller user, bool isAnonymous)
    {
        if (!Rights.MayJoin(user.Aor))
        {
            return RoomRefusal.NotMember;
        }

        return _participants.Count == 0 && !_options.MembersMayOpen && !Rights.IsModerator(user.Aor)
            ? RoomRefusal.NotOpener
            : CheckPlace(isAnonymous ? Pseudonyms.Of(user.Aor) : user.Aor);
    }

    /// <summary>Whether there is place for one more session of a user.</summary>
    /// <param name="shown">His address, or his pseudonym.</param>
    public RoomRefusal CheckPlace(string shown)
    {
        if (_participants.TryGetValue(shown, out var participant))
        {
            return participant.Sessions.Count < _services.Limits.SessionsPerUser ? RoomRefusal.None : RoomRefusal.TooManySessions;
        }

        return _participants.Count < _options.MaximumUsers ? RoomRefusal.None : RoomRefusal.RoomFull;
    }

    /// <summary>The URI of a new session in the roster: the address shown with a number, which tells nobody where he is.</summary>
    public string NextEndpoint(string shown) => $"{shown};session={++_sessionNumber}";

    public void Enter(RoomSession session)
    {
        var isOpening = _participants.Count == 0 && _invitations.Count == 0;
        if (!_participants.TryGetValue(session.Shown, out var participant))
        {
            _participants.Add(session.Shown, participant = new Participant(session.User));
        }

        ForgetRefusal(session.Shown);

        participant.Sessions.Add(session);
        _services.Metrics.Joined();
        _services.Log.Entered(session.User.Aor, Uri.Aor);
        UpdateRoster(session.Shown, DisconnectionMethod.Departed);
        if (isOpening && _options.InvitesMembers)
        {
            foreach (var member in Rights.Members.Where(member => !string.Equals(member, session.User.Aor, StringComparison.Ordinal)))
            {
                _ = Invite(session.User, new Invitee(member), static (_, _) => { });
            }
        }
    }

    /// <summary>Takes a session out of the room; does nothing for one that is not in.</summary>
    public void Leave(RoomSession session, LeaveReason reason)
    {
        if (!_participants.TryGetValue(session.Shown, out var participant) || !participant.Sessions.Remove(session))
        {
            return;
        }

        if (participant.Sessions.Count == 0)
        {
            _participants.Remove(session.Shown);
            Nicknames.Free(session.Shown);
            if (!string.Equals(session.Shown, session.User.Aor, StringComparison.Ordinal))
            {
                Pseudonyms.Free(session.User.Aor);
            }
        }

        var tag = LeaveReasons.Tag(reason);
        _services.Metrics.Left(tag);
        _services.Log.Left(session.User.Aor, Uri.Aor, tag);
        UpdateRoster(session.Shown, LeaveReasons.Disconnection(reason));
        CloseIfEmpty();
    }

    /// <summary>Ends all sessions of a user, and his invitation; false when he is not there.</summary>
    /// <param name="shown">His address, or his pseudonym.</param>
    public bool Expel(string shown)
    {
        var aor = Pseudonyms.OwnerOf(shown);
        Rights.Revoke(aor);
        if (!Rights.MayJoin(aor))
        {
            Notifier.Reject(aor);
        }

        var isInvited = _invitations.TryGetValue(aor, out var invitation);
        invitation?.Cancel();
        var sessions = Sessions.Where(session => string.Equals(session.User.Aor, aor, StringComparison.Ordinal)).ToList();
        sessions.ForEach(session => session.End(LeaveReason.Expelled));
        return isInvited || sessions.Count > 0;
    }

    /// <summary>Invites a user, and opens the room to him if the inviter may do that. The caller checked the inviter's right.</summary>
    /// <param name="inviter">Who invites.</param>
    /// <param name="invitee">The invited.</param>
    /// <param name="onDone">Gets the final status and phrase.</param>
    public RoomRefusal Invite(Caller inviter, Invitee invitee, Action<int, string> onDone)
    {
        var target = invitee.Aor;
        if (!SipUri.TryParse(target, out var uri) || !_services.Addresses.TryGetUser(uri, out var user) || !_services.Accounts.Exists(user))
        {
            ShowRefusal(target, 404);
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

        // Who is being called has his place already: otherwise the last who come would have been called for nothing.
        var expected = _participants.Count + _invitations.Keys.Count(aor => !_participants.ContainsKey(aor));
        if (!_participants.ContainsKey(target) && expected >= _options.MaximumUsers)
        {
            return RoomRefusal.RoomFull;
        }

        if (CheckPlace(target) is not RoomRefusal.None and var refusal)
        {
            return refusal;
        }

        // A participant calls those who could come anyway; whom a moderator calls, the room's own rights open for.
        if (Rights.IsModerator(inviter.Aor))
        {
            Rights.Invite(target);
        }

        ForgetRefusal(target);
        var shown = _participants.ContainsKey(inviter.Aor) || !Pseudonyms.Has(inviter.Aor) ? inviter.Aor : Pseudonyms.Of(inviter.Aor);
        var invitation = new DialOut(_services, this, shown, new Caller(user, target), invitee, (ended, status, phrase) =>
        {
            EndInvitation(ended, status);
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
        if (_participants.GetValueOrDefault(session.Shown)?.Sessions.Contains(session) != true)
        {
            return NicknameVerdict.NotInRoom;
        }

        var verdict = Nicknames.Reserve(session.User.User, session.Shown, requested);
        if (verdict is NicknameVerdict.Granted or NicknameVerdict.GivenUp)
        {
            UpdateRoster(session.Shown, DisconnectionMethod.Departed);
        }

        return verdict;
    }

    /// <summary>Ends everything in the room.</summary>
    public void Close(LeaveReason reason)
    {
        IsClosed = true;
        _invitations.Values.ToList().ForEach(invitation => invitation.Cancel());
        Sessions.ToList().ForEach(session => session.End(reason));
        _refused.Keys.ToList().ForEach(ForgetRefusal);
        Notifier.Close();
    }

    private void EndInvitation(DialOut invitation, int status)
    {
        _invitations.Remove(invitation.Target.Aor);
        if (!IsClosed)
        {
            // 487 is our own word: the invitation was taken back.
            if (status is >= 300 and not 487)
            {
                ShowRefusal(invitation.Target.Aor, status);
            }

            UpdateRoster(invitation.Target.Aor, DisconnectionMethod.Failed);
            CloseIfEmpty();
        }
    }

    /// <summary>
    /// Lets the roster say for a while that a user did not come, where people are invited by a list: who invited them subscribes only after
    /// that. Who invites by REFER in a room that people come to by themselves is told by a NOTIFY.
    /// </summary>
    private void ShowRefusal(string aor, int status)
    {
        ForgetRefusal(aor);
        var isByList = Creator is not null || _options.InvitesMembers;
        if (isByList && _refused.Count < _services.Limits.Invitations && !_participants.ContainsKey(aor))
        {
            var timer = _services.Loop.Schedule(_services.Limits.RefusalShown, () =>
            {
                ForgetRefusal(aor);
                UpdateRoster(aor, DisconnectionMethod.Failed);
            });
            _refused.Add(aor, new RefusedInvitation(status, timer));
            UpdateRoster(aor, DisconnectionMethod.Failed);
        }
    }

    private void ForgetRefusal(string aor)
    {
        if (_refused.Remove(aor, out var refusal))
        {
            refusal.Timer.Cancel();
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

    private void UpdateRoster(string shown, DisconnectionMethod ifGone)
    {
        _roster.Set(RosterEntry.Create(
            shown,
            Nicknames.Of(shown) ?? Pseudonyms.NameOf(shown),
            Rights.IsModerator(shown),
            _participants.GetValueOrDefault(shown)?.Sessions ?? [],
            _invitations.ContainsKey(shown),
            _refused.GetValueOrDefault(shown),
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
