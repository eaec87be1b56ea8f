using OmaIm.Protocols.Conference;
using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Server.Rooms;

/// <summary>
/// One session of a user in a room: a dialog with his client on one side, a member of the switch's route on the other. It is in the room
/// from the 200 on, and out of it as soon as either side is gone.
/// </summary>
public sealed class RoomSession : IInviteHandler
{
    private const string Sdp = "application/sdp";

    private readonly RoomServices _services;
    private readonly DialOut? _invitation;
    private readonly LoopTimer _bindTimer;
    private readonly List<NotifierUsage> _subscriptions = [];
    private InviteUsage? _usage;

    /// <summary>By what he hears the room until he has bound what he has moved to; null while he has not moved.</summary>
    private RoomMedia? _heard;

    /// <summary>The 200 made the offer: the answer comes in the ACK.</summary>
    private bool _awaitsAnswer;

    private bool _isOver;

    private RoomSession(RoomServices services, Room room, Caller user, SessionDescription? offer, DialOut? invitation, bool isAnonymous)
    {
        _services = services;
        _invitation = invitation;
        _bindTimer = services.Loop.CreateTimer(() => End(LeaveReason.NeverConnected));
        Room = room;
        User = user;
        Shown = isAnonymous ? room.Pseudonyms.Of(user.Aor) : user.Aor;
        Endpoint = room.NextEndpoint(Shown);
        Media = new RoomMedia(services, this, offer);
    }

    public Room Room { get; }

    public Caller User { get; }

    /// <summary>The address that the others see: the user's own, or his pseudonym.</summary>
    public string Shown { get; private set; }

    /// <summary>The session's URI in the roster.</summary>
    public string Endpoint { get; private set; }

    public JoiningMethod JoiningMethod => _invitation is null ? JoiningMethod.DialedIn : JoiningMethod.DialedOut;

    public RoomMedia Media { get; private set; }

    public static string FocusContact(Room room) => $"<{room.Uri}>;isfocus;+g.oma.sip-im";

    /// <summary>A session for a client that joins by itself, by an offer or without.</summary>
    public static RoomSession ForJoin(RoomServices services, Room room, Caller user, SessionDescription? offer, bool isAnonymous) =>
        new(services, room, user, offer, null, isAnonymous);

    /// <summary>A session for a client that is called.</summary>
    public static RoomSession ForInvitation(RoomServices services, Room room, Caller user, DialOut invitation) => new(services, room, user, null, invitation, isAnonymous: false);

    /// <summary>Answers an INVITE, and enters the room.</summary>
    /// <param name="invite">The INVITE; its sender may enter.</param>
    /// <param name="offer">Its offer; null makes the 200 carry ours.</param>
    public void Accept(ServerTransaction invite, SessionDescription? offer)
    {
        byte[] description;
        if (offer is null)
        {
            _awaitsAnswer = true;
            description = Media.Offer();
        }
        else if (Media.TryAnswer(offer, invite.Flow, out var refusal, out var detail))
        {
            description = Media.Local;
        }
        else
        {
            Media.Leave();
            _services.Refuse(invite, refusal, detail);
            return;
        }

        (SipHeaderId, string)[] headers =
        [
            (SipHeaderId.Contact, FocusContact(Room)),
            (SipHeaderId.Allow, RoomRefusals.Allow),
            (SipHeaderId.AllowEvents, "conference, refer"),
            (SipHeaderId.Server, Answers.Product),
        ];
        _services.Sessions.Begin();
        _usage = _services.Dialogs.AcceptInvite(invite, this, Room.Uri, headers, Sdp, description);
        _bindTimer.Restart(_services.Limits.BindTimeout);
        Room.Enter(this);
    }

    /// <summary>Sends an INVITE of ours.</summary>
    public void Call(SipMessage invite, SipFlow flow)
    {
        invite.SetBody(Sdp, Media.Offer());
        _services.Sessions.Begin();
        _usage = _services.Dialogs.Invite(invite, flow, this);
    }

    /// <summary>The client's MSRP connection is there.</summary>
    public void OnBound()
    {
        _bindTimer.Cancel();
        _heard = null; // the route has ended it
    }

    /// <summary>Ends the session from our side, whatever its state: the room is left at once, BYE or CANCEL goes out.</summary>
    public void End(LeaveReason reason)
    {
        if (!_isOver)
        {
            Release(reason);
            _usage?.Bye(LeaveReasons.ReasonHeader(reason));
        }
    }

    public void OnProgress(InviteUsage usage, SipMessage response)
    {
        // Ringing changes nothing: the roster says "dialing out" already.
    }

    public void OnConfirmed(InviteUsage usage, SipMessage message)
    {
        if (_isOver)
        {
            usage.Bye();
        }
        else if (_invitation is not null)
        {
            OnInvitationAccepted(message);
        }
        else if (_awaitsAnswer && !TakeAnswer(message))
        {
            End(LeaveReason.BadAnswer);
        }
        else
        {
            Media.Connect();
        }
    }

    public void OnRejected(InviteUsage usage, SipMessage response)
    {
        Release(LeaveReason.Unreachable);
        _services.Sessions.End();
        _invitation?.OnRefused(this, response.StatusCode, response.ReasonPhrase);
    }

    /// <summary>The same path refreshes the session; another path moves it to a new connection, once that is there (RFC 4975 section 5.4).</summary>
    public void OnReinvite(InviteUsage usage, ServerTransaction transaction)
    {
        var refusal = InviteBody.Read(transaction.Request, 0, out var body);
        if (refusal != RoomRefusal.None)
        {
            _services.Refuse(transaction, refusal);
            return;
        }

        if (body.Offer is { } offer)
        {
            var media = Media.IsSamePath(offer) ? Media : new RoomMedia(_services, this, offer, Media, _heard ?? Media);
            if (!media.TryAnswer(offer, transaction.Flow, out refusal, out var detail))
            {
                Discard(media);
                _services.Refuse(transaction, refusal, detail);
                return;
            }

            Move(media);
        }

        usage.AcceptReinvite(transaction, Sdp, Media.Local, () => Media.Connect());
    }

    public void OnRequest(InviteUsage usage, ServerTransaction transaction)
    {
        var method = transaction.Request.Method;
        var unsupported = transaction.Request.Require?.Values.Where(option => !Extensions.IsSupported(option, DestinationKind.Room)).ToList() ?? [];
        if (unsupported.Count > 0)
        {
            _services.Refuse(transaction, RoomRefusal.BadExtension, string.Join(", ", unsupported));
        }
        else if (method == SipMethod.Refer)
        {
            ReferRequest.Handle(_services, Room, transaction, User);
        }
        else if (method == SipMethod.Subscribe)
        {
            if (SubscribeRequest.Handle(_services, Room, transaction, User) is { } subscription)
            {
                _subscriptions.RemoveAll(ended => ended.IsTerminated);
                _subscriptions.Add(subscription);
            }
        }
        else if (method == SipMethod.Options)
        {
            transaction.Respond(200, null, (SipHeaderId.Allow, RoomRefusals.Allow), (SipHeaderId.Accept, Sdp), (SipHeaderId.Supported, Extensions.Supported(DestinationKind.Room)));
        }
        else
        {
            _services.Refuse(transaction, RoomRefusal.MethodNotAllowed);
        }
    }

    public void OnTerminated(InviteUsage usage, DialogEnd reason, SipMessage? bye)
    {
        Release(LeaveReasons.From(reason));
        _services.Sessions.End();
        if (_invitation is { IsOver: false })
        {
            _invitation.OnRefused(this, 487, "Request Terminated");
        }
    }

    private void OnInvitationAccepted(SipMessage response)
    {
        if (Anonymity.IsAsked(response))
        {
            if (!Room.AllowsAnonymity)
            {
                End(LeaveReason.BadAnswer);
                _invitation!.OnRefused(this, 403, "Anonymity Not Allowed");
                return;
            }

            Shown = Room.Pseudonyms.Of(User.Aor);
            Endpoint = Room.NextEndpoint(Shown);
        }

        // His answer lets in what he has sent already: only who has a place is heard.
        if (Room.CheckPlace(Shown) is not RoomRefusal.None and var refusal)
        {
            // Others came by themselves while he was called.
            var (status, phrase, _) = RoomRefusals.Describe(refusal);
            End(LeaveReason.NoPlace);
            _invitation!.OnRefused(this, status, phrase!);
        }
        else if (!TakeAnswer(response))
        {
            End(LeaveReason.BadAnswer);
            _invitation!.OnRefused(this, 488, "Not Acceptable Here");
        }
        else
        {
            _bindTimer.Restart(_services.Limits.BindTimeout);
            Room.Enter(this);
            Media.Connect();
            _invitation!.OnAccepted(this);
        }
    }

    private void Move(RoomMedia media)
    {
        if (media == Media)
        {
            return;
        }

        // What he has not bound before he moves again he never will.
        if (_heard is null)
        {
            _heard = Media;
        }
        else
        {
            Media.Leave();
        }

        Media = media;
        _bindTimer.Restart(_services.Limits.BindTimeout);
    }

    private void Discard(RoomMedia media)
    {
        if (media != Media)
        {
            media.Leave();
        }
    }

    private bool TakeAnswer(SipMessage message)
    {
        _awaitsAnswer = false;
        return SessionDescription.TryParse(message.Body.Span, out var answer) && Media.TryTakeAnswer(answer, _usage!.Dialog.Flow);
    }

    // The subscriptions that came in this dialog end with the session: a client that is gone would leave them behind for an hour.
    private void Release(LeaveReason reason)
    {
        _isOver = true;
        _bindTimer.Cancel();
        Media.Leave();
        _heard?.Leave();
        Room.Leave(this, reason);
        foreach (var subscription in _subscriptions.Where(subscription => !subscription.IsTerminated).ToList())
        {
            subscription.Terminate("noresource");
        }

        _subscriptions.Clear();
    }
}
