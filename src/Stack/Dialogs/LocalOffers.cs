using OmaIm.Protocols.Sip;

namespace OmaIm.Stack.Dialogs;

/// <summary>
/// What our side asks for within a session that stands: a re-INVITE with a new offer (RFC 3261 section 14.1), and the refreshes of the
/// session timer, by UPDATE where the peer allows it, else by a re-INVITE that changes nothing (RFC 4028 section 7.4).
/// </summary>
internal sealed class LocalOffers(DialogLayer layer, InviteUsage usage, SessionTimer sessionTimer, bool ownsCallId)
{
    private Reinvite? _reinvite;
    private bool _peerUpdates;
    private string _contentType = "";
    private ReadOnlyMemory<byte> _body;

    /// <summary>Whether an offer of ours waits for its answer.</summary>
    public bool IsUnderWay => _reinvite is { IsUnderWay: true };

    /// <summary>Whether an offer of ours waits for its answer, or to be sent again.</summary>
    public bool IsPending => _reinvite is not null;

    private bool SessionStands => usage.State == InviteState.Confirmed;

    /// <summary>Notes the session description that holds on our side.</summary>
    public void Remember(string contentType, ReadOnlyMemory<byte> body)
    {
        _contentType = contentType;
        _body = body;
    }

    /// <inheritdoc cref="Remember(string, ReadOnlyMemory{byte})"/>
    public void Remember(SipMessage message) => Remember(message.Headers.GetText(SipHeaderId.ContentType) ?? "", message.Body);

    /// <summary>Notes what the peer's first message says of UPDATE.</summary>
    public void Learn(SipMessage message) => _peerUpdates = message.Allow?.Contains(SipMethod.Update.Name) == true;

    public void Stop() => _reinvite?.Stop();

    /// <inheritdoc cref="InviteUsage.CancelReinvite"/>
    public void Cancel() => _reinvite?.Cancel();

    public void Reinvite(string contentType, ReadOnlyMemory<byte> offer, Action<SipMessage> onFinal)
    {
        if (!SessionStands || _reinvite is not null)
        {
            throw new InvalidOperationException("A re-INVITE is for a session that stands, one at a time.");
        }

        _reinvite = new Reinvite(
            layer,
            usage.Dialog,
            ownsCallId,
            () => CreateInvite(contentType, offer),
            response => OnFinal(contentType, offer, response, onFinal));
        _reinvite.Send();
    }

    public void Refresh()
    {
        // A re-INVITE under way refreshes too.
        if (!SessionStands || _reinvite is not null)
        {
            return;
        }

        if (_peerUpdates || _body.IsEmpty)
        {
            var update = usage.Dialog.CreateRequest(SipMethod.Update);
            sessionTimer.AddTo(update);
            usage.Send(update, (_, response) => OnUpdated(response));
        }
        else
        {
            Reinvite(_contentType, _body, static _ => { });
        }
    }

    private SipMessage CreateInvite(string contentType, ReadOnlyMemory<byte> offer)
    {
        var invite = usage.Dialog.CreateRequest(SipMethod.Invite);
        sessionTimer.AddTo(invite);
        invite.Headers.Set(SipHeaderId.Allow, usage.Allow);
        invite.SetBody(contentType, offer);
        return invite;
    }

    private void OnFinal(string contentType, ReadOnlyMemory<byte> offer, SipMessage response, Action<SipMessage> onFinal)
    {
        _reinvite = null;
        if (!SessionStands)
        {
            return;
        }

        if (response.StatusCode < 300)
        {
            Remember(contentType, offer);
            sessionTimer.OnResponse(response);
        }

        onFinal(response);
        if (UsageEnd.OfSession(response.StatusCode))
        {
            usage.OnPeerGone();
        }
    }

    private void OnUpdated(SipMessage response)
    {
        if (!SessionStands)
        {
            return;
        }

        if (response.StatusCode is >= 200 and < 300)
        {
            usage.Dialog.RefreshTarget(response);
            sessionTimer.OnResponse(response);
        }
        else if (response.StatusCode is 405 or 501)
        {
            _peerUpdates = false;
            if (!_body.IsEmpty)
            {
                Refresh();
            }
        }
        else if (response.StatusCode == 422 && response.MinSE is { } minimum && sessionTimer.TryRaiseMinimum(minimum))
        {
            Refresh();
        }
    }
}
