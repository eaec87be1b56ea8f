using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Stack.Dialogs;

/// <summary>A session: the INVITE usage of a dialog, as UAC or as UAS.</summary>
public sealed class InviteUsage
{
    private readonly DialogLayer _layer;
    private readonly IInviteHandler _handler;
    private readonly SessionTimer _sessionTimer;
    private readonly LocalOffers _offers;
    private DialogEntry? _entry;
    private InviteCall? _call;
    private AnswerRetransmission? _answer;
    private ServerTransaction? _peerReinvite;
    private Action? _acknowledged;
    private string? _reasonHeader;
    private bool _byeWanted;
    private bool _retried;

    internal InviteUsage(DialogLayer layer, IInviteHandler handler, bool isCaller, object? tag)
    {
        _layer = layer;
        _handler = handler;
        Tag = tag;
        _sessionTimer = new SessionTimer(layer.Transactions.Loop, layer.SessionTimers, () => _offers!.Refresh(), OnSessionExpired);
        _offers = new LocalOffers(layer, this, _sessionTimer, ownsCallId: isCaller);
    }

    /// <summary>The dialog; for a UAC only from the 2xx on.</summary>
    public Dialog Dialog => _entry?.Dialog ?? throw new InvalidOperationException("The INVITE has made no dialog yet.");

    public InviteState State { get; private set; }

    /// <summary>For the owner's use.</summary>
    public object? Tag { get; set; }

    /// <summary>The negotiated session interval (RFC 4028); null when the peer does not support session timers.</summary>
    public TimeSpan? SessionInterval => _sessionTimer.Interval;

    /// <summary>What our side allows within the session: the Allow of its first message.</summary>
    public string Allow { get; private set; } = DialogLayer.Allow;

    /// <summary>Whether <see cref="Reinvite"/> may be called: the session stands, and no offer of ours is under way.</summary>
    public bool MayOffer => State == InviteState.Confirmed && !_offers.IsPending;

    /// <summary>Whether there is a way to the peer: the connection of the dialog, or what replaces it (RFC 5626 section 5.3: a flow that has failed is none).</summary>
    public bool IsReachable => _layer.FlowOf(Dialog).IsOpen;

    /// <summary>Whether the refreshes of the session are ours.</summary>
    public bool IsSessionRefresher => _sessionTimer.IsRefresher;

    /// <summary>Ends the session, whatever its state: CANCEL before the 2xx, BYE behind it (not before the ACK of ours came).</summary>
    /// <param name="reasonHeader">The value of a Reason header (RFC 3326), such as <c>SIP;cause=200;text="Booted"</c>.</param>
    public void Bye(string? reasonHeader = null)
    {
        if (_byeWanted || State is InviteState.Terminating or InviteState.Terminated)
        {
            return;
        }

        _byeWanted = true;
        _reasonHeader = reasonHeader;
        var before = State;
        State = InviteState.Terminating;
        if (before == InviteState.Calling)
        {
            _call!.Cancel(reasonHeader);
        }
        else if (before == InviteState.Confirmed)
        {
            SendBye();
        }
    }

    /// <summary>
    /// Goes on over another connection, in the place of one that is lost: our requests take it, and the peer learns by a target refresh what our
    /// Contact is now (RFC 3261 section 12.2). A session that does not stand yet, or no more, is left as it is.
    /// </summary>
    /// <param name="flow">The new way to the peer.</param>
    /// <param name="contact">The value of Contact from now on.</param>
    public void Move(SipFlow flow, string contact)
    {
        if (State is InviteState.Accepted or InviteState.Confirmed && Dialog.Flow != flow)
        {
            Dialog.Flow = flow;
            Dialog.LocalContact = contact;
            _offers.Refresh();
        }
    }

    /// <summary>Sends a request made by <see cref="Dialog.CreateRequest"/>. A 408 or 481 ends the usage.</summary>
    public ClientTransaction Send(SipMessage request, Action<ClientTransaction, SipMessage> onResponse) =>
        _layer.Transactions.Send(request, _layer.FlowOf(Dialog), (transaction, response) =>
        {
            onResponse(transaction, response);
            if (UsageEnd.OfSession(response.StatusCode))
            {
                OnPeerGone();
            }
        });

    /// <summary>UAC, within <see cref="IInviteHandler.OnRejected"/>: sends the INVITE again, with the credentials that were missing.</summary>
    public void Retry(SipMessage invite)
    {
        if (State != InviteState.Calling)
        {
            throw new InvalidOperationException("There is no INVITE to retry.");
        }

        _retried = true;
        Call(invite, _call!.Flow);
    }

    /// <summary>UAC: a copy of the INVITE with the next CSeq and no Via, for <see cref="Retry"/>.</summary>
    public SipMessage CreateRetry() => (_call ?? throw new InvalidOperationException("There is no INVITE to retry.")).CreateRetry(_call.Request.CSeq!.Number + 1);

    /// <summary>Sends a re-INVITE with a new offer; a 491 is retried by itself. <paramref name="onResponse"/> gets the final response.</summary>
    /// <exception cref="InvalidOperationException">The session does not stand, or a re-INVITE is under way.</exception>
    public void Reinvite(string contentType, ReadOnlyMemory<byte> offer, Action<InviteUsage, SipMessage> onResponse) =>
        _offers.Reinvite(contentType, offer, response => onResponse(this, response));

    /// <summary>Takes a re-INVITE back whose final response is not there yet (RFC 3261 section 9.1); that response comes all the same.</summary>
    public void CancelReinvite() => _offers.Cancel();

    /// <summary>Answers a re-INVITE or UPDATE with 200.</summary>
    /// <param name="transaction">The request.</param>
    /// <param name="contentType">The type of the answer.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="acknowledged">
    /// Called when the peer has the answer: with the ACK, or at once for an UPDATE, which has none. A session that ends before calls nothing.
    /// </param>
    public void AcceptReinvite(ServerTransaction transaction, string contentType, ReadOnlyMemory<byte> answer, Action? acknowledged = null)
    {
        _offers.Remember(contentType, answer);
        var response = CreateAccept(transaction);
        response.SetBody(contentType, answer);
        if (transaction.Request.Method == SipMethod.Invite)
        {
            _acknowledged += acknowledged; // an ACK that was lost is made up for by the next one
            SendAnswer(transaction, response);
        }
        else
        {
            transaction.Respond(response);
            acknowledged?.Invoke();
        }
    }

    /// <summary>UAC: sends the first INVITE, or another attempt.</summary>
    internal void Call(SipMessage invite, SipFlow flow)
    {
        _sessionTimer.AddTo(invite);
        Allow = invite.Headers.GetText(SipHeaderId.Allow) ?? Allow;
        invite.Headers.Set(SipHeaderId.Allow, Allow);

        _offers.Remember(invite);
        InviteCall? call = null;
        call = new InviteCall(_layer, invite, flow, response => OnAccepted(call!, response), response => OnNotAccepted(call!, response));
        _call = call;
        call.Start();
    }

    /// <summary>UAS: sends the first 2xx.</summary>
    internal void Accept(DialogEntry entry, ServerTransaction invite, SipMessage response)
    {
        _entry = entry;
        State = InviteState.Accepted;
        Allow = response.Headers.GetText(SipHeaderId.Allow) ?? Allow;
        _offers.Remember(response);
        _offers.Learn(invite.Request);
        _sessionTimer.Answer(invite.Request, response);
        SendAnswer(invite, response);
    }

    internal void OnAck(SipMessage ack)
    {
        if (_answer?.TryAcknowledge(ack) != true)
        {
            return;
        }

        // It holds the INVITE and the 2xx, several KB that the session would carry with it for life.
        _answer = null;
        if (State == InviteState.Accepted)
        {
            State = InviteState.Confirmed;
            _handler.OnConfirmed(this, ack);
        }
        else if (State == InviteState.Terminating)
        {
            SendBye();
        }

        if (State == InviteState.Confirmed && _acknowledged is { } acknowledged)
        {
            _acknowledged = null;
            acknowledged();
        }
    }

    /// <summary>A request within the dialog whose number is in order.</summary>
    internal void OnRequest(ServerTransaction transaction)
    {
        var method = transaction.Request.Method;
        if (method == SipMethod.Bye)
        {
            OnBye(transaction);
        }
        else if (State is InviteState.Terminating or InviteState.Terminated)
        {
            transaction.Respond(481);
        }
        else if (method == SipMethod.Invite || method == SipMethod.Update)
        {
            OnOffer(transaction);
        }
        else
        {
            _handler.OnRequest(this, transaction);
        }
    }

    internal void OnPeerGone() => Terminate(DialogEnd.PeerGone, null);

    private void OnBye(ServerTransaction bye)
    {
        bye.Respond(200);
        Terminate(_byeWanted ? DialogEnd.LocalBye : DialogEnd.RemoteBye, bye.Request);
    }

    /// <summary>A re-INVITE or UPDATE (RFC 3261 section 14.2, RFC 3311 section 5.2).</summary>
    private void OnOffer(ServerTransaction transaction)
    {
        var isInvite = transaction.Request.Method == SipMethod.Invite;
        if (_layer.RejectsSessionInterval(transaction))
        {
            return;
        }

        if (_offers.IsUnderWay && (isInvite || transaction.Request.Body.Length > 0))
        {
            _layer.Statistics.Glare++;
            transaction.Respond(491);
        }
        else if (_peerReinvite is { IsAnswered: false })
        {
            var busy = transaction.CreateResponse(500);
            busy.Headers.Set(SipHeaderId.RetryAfter, "5");
            transaction.Respond(busy);
        }
        else if (!isInvite && transaction.Request.Body.IsEmpty)
        {
            transaction.Respond(CreateAccept(transaction)); // a session refresh, nothing to decide
        }
        else
        {
            _peerReinvite = transaction;
            _handler.OnReinvite(this, transaction);
            _peerReinvite = transaction.IsAnswered ? null : transaction;
        }
    }

    private void SendAnswer(ServerTransaction transaction, SipMessage response)
    {
        _answer?.Stop();
        _answer = new AnswerRetransmission(_layer.Transactions, transaction, response, OnAckTimeout);
        _answer.Start();
    }

    private SipMessage CreateAccept(ServerTransaction transaction)
    {
        var response = transaction.CreateResponse(200);
        response.Headers.Set(SipHeaderId.Contact, Dialog.LocalContact!);
        response.Headers.Set(SipHeaderId.Allow, Allow);
        response.Headers.Set(SipHeaderId.Supported, SessionTimer.OptionTag);
        _sessionTimer.Answer(transaction.Request, response);
        return response;
    }

    /// <summary>The first 2xx to our INVITE.</summary>
    private Dialog? OnAccepted(InviteCall call, SipMessage response)
    {
        if (State == InviteState.Terminated)
        {
            return null;
        }

        if (Dialog.FromResponse(call.Request, response, call.Flow) is not { } dialog)
        {
            // No tag or no Contact: there is nobody to acknowledge it to, and nothing else will come.
            OnNotAccepted(call, SipMessage.CreateResponse(call.Request, 500, "Unusable Answer"));
            return null;
        }

        _entry = _layer.Enter(dialog);
        _entry.Invite = this;
        _offers.Learn(response);
        call.Acknowledge(dialog);
        if (_byeWanted)
        {
            SendBye(); // it crossed our CANCEL
        }
        else
        {
            State = InviteState.Confirmed;
            _sessionTimer.OnResponse(response);
            _handler.OnConfirmed(this, response);
        }

        return dialog;
    }

    private void OnNotAccepted(InviteCall call, SipMessage response)
    {
        if (call != _call || State is not (InviteState.Calling or InviteState.Terminating))
        {
            return;
        }

        if (response.StatusCode < 200)
        {
            if (State == InviteState.Calling)
            {
                _handler.OnProgress(this, response);
            }
        }
        else if (_byeWanted)
        {
            Terminate(DialogEnd.LocalBye, null);
        }
        else if (response.StatusCode == 422 && response.MinSE is { } minimum && _sessionTimer.TryRaiseMinimum(minimum))
        {
            Call(CreateRetry(), call.Flow);
        }
        else
        {
            _retried = false;
            _handler.OnRejected(this, response);
            if (!_retried)
            {
                State = InviteState.Terminated;
            }
        }
    }

    private void OnSessionExpired()
    {
        _layer.Statistics.Expired++;
        EndBySelf(DialogEnd.SessionExpired);
    }

    private void OnAckTimeout()
    {
        _layer.Statistics.AckTimeouts++;
        EndBySelf(_byeWanted ? DialogEnd.LocalBye : DialogEnd.AckTimeout);
    }

    /// <summary>
    /// The peer is probably gone: it gets its BYE, but nobody waits for the answer. The BYE says that it was a matter of time, so that one who is not
    /// gone after all does not take it for a goodbye that somebody meant (RFC 3326 section 2).
    /// </summary>
    private void EndBySelf(DialogEnd reason)
    {
        if (State != InviteState.Terminated)
        {
            _reasonHeader ??= reason == DialogEnd.LocalBye ? null : "SIP;cause=408";
            _layer.Transactions.Send(CreateBye(), _layer.FlowOf(Dialog), static (_, _) => { });
            Terminate(reason, null);
        }
    }

    private void SendBye()
    {
        State = InviteState.Terminating;
        _sessionTimer.Stop();
        EndPeerReinvite();

        // The ACK of an answer to the peer's re-INVITE may still come, and would be taken for the one that a BYE waits for.
        _answer?.Stop();
        _answer = null;
        _layer.Transactions.Send(CreateBye(), _layer.FlowOf(Dialog), (_, response) =>
        {
            if (response.StatusCode >= 200)
            {
                Terminate(DialogEnd.LocalBye, null);
            }
        });
    }

    /// <summary>RFC 3261 section 15.1.2: what waits for its answer has it, whichever side says BYE.</summary>
    private void EndPeerReinvite()
    {
        if (_peerReinvite is { IsAnswered: false } pending)
        {
            pending.Respond(487);
        }
    }

    private SipMessage CreateBye()
    {
        var bye = Dialog.CreateRequest(SipMethod.Bye);
        if (_reasonHeader is not null)
        {
            bye.Headers.Set(SipHeaderId.Reason, _reasonHeader);
        }

        return bye;
    }

    private void Terminate(DialogEnd reason, SipMessage? bye)
    {
        if (State == InviteState.Terminated)
        {
            return;
        }

        State = InviteState.Terminated;
        _sessionTimer.Stop();
        EndPeerReinvite();
        _answer?.Stop();
        _offers.Stop();
        if (_entry is not null)
        {
            _entry.Invite = null;
            _layer.Leave(_entry);
        }

        _handler.OnTerminated(this, reason, bye);
    }
}
