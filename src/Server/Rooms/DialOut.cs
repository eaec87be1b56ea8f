using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using OmaIm.Server.Core;
using OmaIm.Stack.Timing;

namespace OmaIm.Server.Rooms;

/// <summary>
/// The focus calls a user into its room (RFC 4579 section 5.5): an INVITE to each of his contacts at once. The first that accepts
/// ends the others; when none does, the best refusal counts.
/// </summary>
public sealed class DialOut
{
    private readonly RoomServices _services;
    private readonly Room _room;
    private readonly string _inviter;
    private readonly Invitee _invitee;
    private readonly Action<DialOut, int, string> _onEnded;
    private readonly LoopTimer _timer;
    private readonly List<RoomSession> _ringing = [];
    private readonly BestRefusal _best = new(otherwise: 480);

    /// <param name="services">What rooms work with.</param>
    /// <param name="room">The room.</param>
    /// <param name="inviter">The address of who invites, as the others see it.</param>
    /// <param name="target">The invited.</param>
    /// <param name="invitee">How he was named.</param>
    /// <param name="onEnded">Gets the final status and phrase.</param>
    public DialOut(RoomServices services, Room room, string inviter, Caller target, Invitee invitee, Action<DialOut, int, string> onEnded)
    {
        _services = services;
        _room = room;
        _inviter = inviter;
        _invitee = invitee;
        _onEnded = onEnded;
        _timer = services.Loop.CreateTimer(() => End(408, "Request Timeout"));
        Target = target;
    }

    /// <summary>The invited.</summary>
    public Caller Target { get; }

    public bool IsOver { get; private set; }

    public void Start()
    {
        _timer.Restart(_services.Limits.InviteTimeout);
        foreach (var contact in CallerPreferences.Of(CreateInvite(SipUri.Parse(Target.Aor))).Select(_services.Locations.Find(Target.Aor)))
        {
            var session = RoomSession.ForInvitation(_services, _room, Target, this);
            _ringing.Add(session);
            session.Call(CreateInvite(contact.Uri), contact.Flow);
        }

        EndIfNobodyRings();
    }

    /// <summary>The invitation is no longer wanted.</summary>
    public void Cancel() => End(487, "Request Terminated");

    /// <summary>One contact accepted, and its session is in the room.</summary>
    public void OnAccepted(RoomSession session)
    {
        _ringing.Remove(session);
        End(200, "OK");
    }

    /// <summary>One contact refused, or could not be reached.</summary>
    public void OnRefused(RoomSession session, int status, string phrase)
    {
        _ringing.Remove(session);
        _best.Note(status, phrase);
        EndIfNobodyRings();
    }

    private void EndIfNobodyRings()
    {
        if (_ringing.Count == 0)
        {
            End(_best.Status, _best.Phrase ?? "Temporarily Unavailable");
        }
    }

    private void End(int status, string phrase)
    {
        if (IsOver)
        {
            return;
        }

        IsOver = true;
        _timer.Cancel();
        _ringing.ToList().ForEach(session => session.End(LeaveReason.Closed));
        _ringing.Clear();
        _onEnded(this, status, phrase);
    }

    private SipMessage CreateInvite(SipUri uri)
    {
        var invite = SipMessage.CreateRequest(SipMethod.Invite, uri);
        invite.Headers.Add(SipHeaderId.From, $"<{_room.Uri}>;tag={RandomToken.Create()}");
        invite.Headers.Add(SipHeaderId.To, $"<{Target.Aor}>");
        invite.Headers.Add(SipHeaderId.CallId, RandomToken.Create());
        invite.Headers.Add(SipHeaderId.CSeq, "1 INVITE");
        invite.Headers.Add(SipHeaderId.Contact, RoomSession.FocusContact(_room));
        invite.Headers.Add(SipHeaderId.ReferredBy, $"<{_inviter}>");
        invite.Headers.Add(SipHeaderId.AcceptContact, "*;+g.oma.sip-im");
        invite.Headers.Add(SipHeaderId.Allow, RoomRefusals.Allow);
        invite.Headers.Add(SipHeaderId.UserAgent, Answers.Product);
        AddReplaced(invite);
        if (_room.Subject is { } subject)
        {
            invite.Headers.Add(SipHeaderId.Subject, subject);
        }

        return invite;
    }

    // The session that the room takes the place of: in the invited's own words, if the server anchors it (RFC 3891), or by its name in RCS.
    private void AddReplaced(SipMessage invite)
    {
        if (_invitee.Replaced is { } replaced
            && _services.SessionDialogs?.FindPeerDialog(replaced.CallId, localTag: replaced.FromTag, remoteTag: replaced.ToTag) is { } own)
        {
            invite.Headers.Add(SipHeaderId.Replaces, own.ToString());
        }

        if (_invitee.ReplacedContribution is { } contribution)
        {
            invite.Headers.Add("Session-Replaces", contribution);
        }
    }
}
