using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Sip.Headers;
using OmaIm.Protocols.Text;
using OmaIm.Server.Core;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Sessions;

/// <summary>
/// A one-to-one session, from the caller's INVITE to its end: the server is a user agent towards both sides (RFC 3261 section 6, "back-to-back
/// user agent"), with a dialog to each, and passes on between them what concerns the other.
/// </summary>
internal sealed class Session
{
    private readonly SessionServices _services;
    private readonly SessionTable _table;
    private readonly ServerTransaction _invite;
    private readonly SessionFork _fork;
    private readonly AnchoredMedia? _media;
    private readonly SessionLeg _caller;
    private readonly SipUri _calleeUri;
    private readonly string _callId = RandomToken.Create();
    private readonly string _tag = RandomToken.Create();
    private SessionLeg? _callee;
    private MsrpStream? _offer;
    private bool _awaitsAnswer;
    private bool _isOver;
    private Action? _stopDraining;

    /// <param name="services">What sessions work with.</param>
    /// <param name="table">Where it is entered as long as it lasts.</param>
    /// <param name="invite">The caller's INVITE.</param>
    /// <param name="caller">Who sent it.</param>
    /// <param name="callee">The account that is called.</param>
    /// <param name="endpoint">Where the messages run; null: they do not come here.</param>
    public Session(SessionServices services, SessionTable table, ServerTransaction invite, Caller caller, SipUri callee, Stack.Msrp.MsrpEndpoint? endpoint)
    {
        _services = services;
        _table = table;
        _invite = invite;
        _calleeUri = callee;
        Caller = caller;
        _media = endpoint is null ? null : new AnchoredMedia(services, endpoint, () => End(SessionEnd.ConnectionLost));
        _caller = new SessionLeg(services, this, caller.Aor, _media?.Caller);
        _caller.HideNameIfAsked(invite.Request);
        _media?.Know(caller.Aor, callee.Aor, _caller.IsUnnamed, isCalleeUnnamed: false);
        _fork = new SessionFork(services, this);
        invite.Cancelled += OnCancelled;
    }

    public Caller Caller { get; }

    public string CallerCallId => _invite.Request.CallId!.Value;

    public string CalleeCallId => _callId;

    /// <summary>Both sides agreed, and their dialogs stand.</summary>
    public bool Stands => !_isOver && _caller.Stands && _callee is { Stands: true };

    /// <summary>The side that is not this one; null before somebody accepted.</summary>
    public SessionLeg? PeerOf(SessionLeg leg) => leg == _caller ? _callee : _caller;

    /// <summary>The address-of-record of a side's user.</summary>
    public string AorOf(SessionLeg leg) => leg == _caller ? Caller.Aor : _calleeUri.Aor;

    /// <summary>The dialog of a side as its client would name it in Replaces.</summary>
    public ReplacesHeader? DialogOfPeer(string callId, string localTag, string remoteTag)
    {
        if (!Stands)
        {
            return null;
        }

        SessionLeg[] legs = [_caller, _callee!];
        var leg = Array.Find(legs, leg => leg.Usage!.Dialog is var dialog
            && string.Equals(dialog.CallId, callId, StringComparison.Ordinal)
            && string.Equals(dialog.RemoteTag, localTag, StringComparison.Ordinal)
            && string.Equals(dialog.LocalTag, remoteTag, StringComparison.Ordinal));
        var peers = leg is null ? null : PeerOf(leg)!.Usage!.Dialog;
        return peers is null ? null : ReplacesHeader.Create(peers.CallId, toTag: peers.RemoteTag, fromTag: peers.LocalTag);
    }

    /// <summary>Calls the devices.</summary>
    public SessionRefusal Start(IReadOnlyList<RegisteredContact> contacts, SessionBody body)
    {
        var refusal = Forward(body, out var offer);
        if (refusal != SessionRefusal.None)
        {
            Finish();
            return refusal;
        }

        var branches = contacts.Select(contact => (Contact: contact, Leg: new SessionLeg(_services, this, _calleeUri.Aor, _media?.Callee))).ToList();
        _fork.Start(branches.Select(branch => branch.Leg));
        branches.ForEach(branch => branch.Leg.Call(CreateInvite(branch.Contact), branch.Contact.Flow, offer));
        return SessionRefusal.None;
    }

    /// <summary>Ends both sides, whatever the state.</summary>
    public void End(SessionEnd end, string? reasonHeader = null)
    {
        _stopDraining?.Invoke();
        if (_isOver)
        {
            return;
        }

        var reason = reasonHeader ?? SessionEnds.Describe(end).ReasonHeader;
        Over(end);
        _fork.Stop(reason);
        if (!_invite.IsAnswered)
        {
            _services.Refuse(_invite, SessionRefusal.Stopping); // before there is an answer, nothing but the server's stop comes here
        }

        _caller.End(reason);
        _callee?.End(reason);
    }

    public void OnProgress(SessionLeg leg, SipMessage response)
    {
        if (response.StatusCode > 100 && !_isOver && !_invite.IsAnswered)
        {
            var progress = _invite.CreateResponse(response.StatusCode, response.ReasonPhrase);
            leg.HideNameIfAsked(response);
            progress.Headers.Set(SipHeaderId.Contact, SessionHeaders.Contact(leg.Shown, response.Contact));
            foreach (var (id, value) in SessionHeaders.OfResponse(response, leg.IsUnnamed))
            {
                progress.Headers.Set(id, value);
            }

            // What a device says of its media before it is chosen is of use only to one who talks to it directly.
            if (_media is null && response.Headers.GetText(SipHeaderId.ContentType) is { } type)
            {
                progress.SetBody(type, response.Body);
            }

            _invite.Respond(progress);
        }
    }

    public void OnConfirmed(SessionLeg leg, SipMessage message)
    {
        if (leg == _caller)
        {
            OnAcknowledged(message);
        }
        else if (_isOver || !_fork.TryWin(leg))
        {
            leg.End(null);
        }
        else
        {
            _callee = leg;
            OnAccepted(message);
        }
    }

    public void OnRejected(SessionLeg leg, SipMessage response) => _fork.OnRefused(leg, response);

    /// <summary>No device accepted.</summary>
    public void OnAllRefused(BestRefusal best)
    {
        if (_isOver)
        {
            return;
        }

        Over(SessionEnd.Refused);
        if (best.Response is not { } response)
        {
            _services.Refuse(_invite, SessionRefusal.NoAnswer);
            return;
        }

        var isOurs = Answers.IsForServer(response.StatusCode);
        _invite.Respond(isOurs ? 480 : response.StatusCode, isOurs ? null : response.ReasonPhrase, isOurs ? [] : [.. SessionHeaders.OfResponse(response, isUnnamed: false)]);
    }

    /// <summary>A re-INVITE or UPDATE of one side.</summary>
    public void OnOffer(SessionLeg leg, ServerTransaction transaction) => SessionOffer.Handle(_services, leg, PeerOf(leg), transaction);

    public void OnTerminated(SessionLeg leg, DialogEnd reason, SipMessage? bye)
    {
        if (leg != _caller && leg != _callee)
        {
            return;
        }

        var (end, reasonHeader) = (SessionEnds.From(reason), bye?.Headers.GetText(SipHeaderId.Reason));
        if (end == SessionEnd.Bye && _media is not null && !_isOver && PeerOf(leg) is { Stands: true } peer)
        {
            Drain(leg, peer, reasonHeader);
        }
        else
        {
            End(end, reasonHeader);
        }
    }

    // What the server has answered to the side that has gone is not lost: the other gets it, and then its BYE.
    private void Drain(SessionLeg gone, SessionLeg last, string? reasonHeader)
    {
        _isOver = true;
        Report(SessionEnd.Bye);
        var limit = _services.Loop.CreateTimer(() => _stopDraining?.Invoke());
        limit.Restart(_services.Options.DrainTime);
        _stopDraining = () =>
        {
            _stopDraining = null;
            limit.Cancel();
            Finish();
            last.End(reasonHeader);
        };
        _media!.End(gone.Media!, () => _stopDraining?.Invoke());
    }

    private void OnCancelled()
    {
        if (!_isOver)
        {
            Over(SessionEnd.Cancelled);
            _fork.Stop(null);
        }
    }

    /// <summary>The callee's 200.</summary>
    private void OnAccepted(SipMessage response)
    {
        _callee!.HideNameIfAsked(response);
        if (_callee.IsUnnamed)
        {
            _media?.Know(Caller.Aor, _calleeUri.Aor, _caller.IsUnnamed, isCalleeUnnamed: true);
        }

        var refusal = SessionBody.Read(response, out var body);
        if (refusal == SessionRefusal.None)
        {
            refusal = SessionRefusals.Of(CpimIdentity.Check(_services.Addresses, response, _calleeUri.Aor, _callee.IsUnnamed));
        }

        if (refusal == SessionRefusal.None)
        {
            refusal = Forward(response, body, out body);
        }

        if (refusal != SessionRefusal.None)
        {
            _callee.End(SessionEnds.Describe(SessionEnd.BadAnswer).ReasonHeader);
            Over(SessionEnd.BadAnswer);
            _services.Refuse(_invite, SessionRefusal.AnswerNotAcceptable);
            return;
        }

        (SipHeaderId, string)[] headers =
        [
            (SipHeaderId.Contact, SessionHeaders.Contact(_callee.Shown, response.Contact)),
            (SipHeaderId.Allow, SessionHeaders.Allow),
            .. SessionHeaders.OfResponse(response, _callee.IsUnnamed),
        ];
        _caller.Accept(_invite, _calleeUri, headers, body);
        _media?.Callee.Await(_callee.Usage!);
        _media?.Callee.Connect();
        _services.Metrics.SessionBegan();
        _services.Log.Changed(Caller.Aor, _calleeUri.Aor, "accepted");
    }

    /// <summary>The caller's ACK; where the 200 made the offer, its answer.</summary>
    private void OnAcknowledged(SipMessage ack)
    {
        if (_isOver)
        {
            return;
        }

        if (_awaitsAnswer && !TakeLateAnswer(ack))
        {
            End(SessionEnd.BadAnswer);
            return;
        }

        _media?.Caller.Await(_caller.Usage!);
        _media?.Caller.Connect();
    }

    private bool TakeLateAnswer(SipMessage ack) =>
        MsrpStream.TryFind(ack.Body.Span, out var answer)
        && _media!.Caller.TakeAnswer(answer.Media, _caller.Usage!.Dialog.Flow) == SessionRefusal.None;

    /// <summary>The offer for the callee.</summary>
    private SessionRefusal Forward(SessionBody body, out SessionBody forwarded)
    {
        forwarded = body;
        if (_media is null)
        {
            return SessionRefusal.None;
        }

        if (body.Description is null)
        {
            _awaitsAnswer = true;
        }
        else if (MsrpStream.Find(body.Description, out _offer) != SdpRejection.None)
        {
            return SessionRefusal.OfferNotAcceptable;
        }
        else if (_media.Caller.TakeOffer(_offer!.Media, _invite.Flow) is not SessionRefusal.None and var refusal)
        {
            return refusal;
        }

        var offer = _media.Callee.Offer(_offer ?? SessionDescriptions.OfServer(_services));
        _media.Callee.Note(offer);
        forwarded = body.With(offer);
        return SessionRefusal.None;
    }

    /// <summary>What the caller hears of the callee's answer.</summary>
    private SessionRefusal Forward(SipMessage response, SessionBody body, out SessionBody forwarded)
    {
        forwarded = body;
        if (_media is null || body.Description is null)
        {
            return body.Description is null ? SessionRefusal.AnswerNotAcceptable : SessionRefusal.None;
        }

        if (MsrpStream.Find(body.Description, out var answer) != SdpRejection.None
            || _media.Callee.TakeAnswer(answer!.Media, _callee!.Usage!.Dialog.Flow) != SessionRefusal.None)
        {
            return SessionRefusal.AnswerNotAcceptable;
        }

        var forCaller = _offer is { } offer ? _media.Caller.Answer(offer, answer) : _media.Caller.Offer(answer);
        _offer = null;
        _media.Caller.Note(forCaller);
        forwarded = body.With(forCaller);
        return SessionRefusal.None;
    }

    private SipMessage CreateInvite(RegisteredContact contact)
    {
        var request = _invite.Request;
        var invite = SipMessage.CreateRequest(SipMethod.Invite, contact.Uri);
        SessionHeaders.Pass(request, invite, _caller.IsUnnamed);
        invite.Headers.Add(SipHeaderId.From, _caller.IsUnnamed
            ? Anonymity.From(_tag)
            : new FromHeader(request.From!.Uri, SipParameters.Empty.With("tag", _tag), request.From.DisplayName).ToString());
        invite.Headers.Add(SipHeaderId.To, request.Headers.GetText(SipHeaderId.To)!);
        invite.Headers.Add(SipHeaderId.CallId, _callId);
        invite.Headers.Add(SipHeaderId.CSeq, "1 INVITE");
        invite.Headers.Add(SipHeaderId.Contact, SessionHeaders.Contact(_caller.Shown, request.Contact));
        invite.Headers.Add(SipHeaderId.Allow, SessionHeaders.Allow);
        if (request.Replaces is { } replaces)
        {
            // The caller names a dialog as somebody on this side of the server told him; the device knows it by another name.
            var translated = _table.FindPeerDialog(replaces.CallId, replaces.FromTag, replaces.ToTag);
            invite.Headers.Add(SipHeaderId.Replaces, (translated ?? replaces).ToString());
        }

        return invite;
    }

    private void Over(SessionEnd end)
    {
        Report(end);
        Finish();
    }

    private void Report(SessionEnd end)
    {
        var tag = SessionEnds.Describe(end).Tag;
        _services.Metrics.SessionEnded(tag, wasEstablished: _caller.Usage is not null);
        _services.Log.Changed(Caller.Aor, _calleeUri.Aor, tag);
    }

    private void Finish()
    {
        _isOver = true;
        _media?.Close();
        _table.Remove(this);
    }
}
