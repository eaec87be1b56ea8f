using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Server.Sessions;

/// <summary>One side of a session: the dialog with its client, or, as long as the callee's devices ring, what may become one.</summary>
internal sealed class SessionLeg : IInviteHandler
{
    private readonly SessionServices _services;

    /// <param name="services">What sessions work with.</param>
    /// <param name="session">The session.</param>
    /// <param name="aor">The address-of-record of its user.</param>
    /// <param name="media">Its end of the messages; null when they do not come here.</param>
    public SessionLeg(SessionServices services, Session session, string aor, AnchoredLeg? media)
    {
        _services = services;
        Session = session;
        Shown = aor;
        Media = media;
    }

    public Session Session { get; }

    public AnchoredLeg? Media { get; }

    /// <summary>The address that the other side sees of this one.</summary>
    public string Shown { get; private set; }

    /// <summary>Its user does not say his name to the other side (RFC 3323).</summary>
    public bool IsUnnamed { get; private set; }

    /// <summary>Null before <see cref="Call"/> or <see cref="Accept"/>.</summary>
    public InviteUsage? Usage { get; private set; }

    /// <summary>The description that our side gave last, with its type.</summary>
    public SessionBody? Given { get; set; }

    /// <summary>An offer of this side is on its way to the other.</summary>
    public bool IsOffering { get; set; }

    public bool Stands => Usage is { State: InviteState.Confirmed };

    /// <summary>REFERs that were passed on and whose outcome is not known yet.</summary>
    public int Referrals { get; set; }

    /// <summary>Keeps the name from the other side, if this INVITE, or response to one, asks for that; for the rest of the session.</summary>
    public void HideNameIfAsked(SipMessage message)
    {
        if (!IsUnnamed && Anonymity.IsAsked(message))
        {
            IsUnnamed = true;
            Shown = Anonymity.CreateAddress(_services.Addresses);
        }
    }

    public void Call(SipMessage invite, SipFlow flow, SessionBody offer)
    {
        Given = offer;
        invite.SetBody(offer.ContentType, offer.Bytes);
        _services.Legs.Begin();
        Usage = _services.Dialogs.Invite(invite, flow, this);
    }

    public void Accept(ServerTransaction invite, SipUri contact, IEnumerable<(SipHeaderId Id, string Value)> headers, SessionBody body)
    {
        Given = body;
        _services.Legs.Begin();
        Usage = _services.Dialogs.AcceptInvite(invite, this, contact, headers, body.ContentType, body.Bytes);
    }

    /// <summary>CANCEL or BYE, as is due.</summary>
    public void End(string? reasonHeader) => Usage?.Bye(reasonHeader);

    public void OnProgress(InviteUsage usage, SipMessage response) => Session.OnProgress(this, response);

    public void OnConfirmed(InviteUsage usage, SipMessage message) => Session.OnConfirmed(this, message);

    public void OnRejected(InviteUsage usage, SipMessage response)
    {
        _services.Legs.End();
        Session.OnRejected(this, response);
    }

    public void OnReinvite(InviteUsage usage, ServerTransaction transaction) => Session.OnOffer(this, transaction);

    public void OnRequest(InviteUsage usage, ServerTransaction transaction) => InSessionRequest.Handle(_services, this, transaction);

    public void OnTerminated(InviteUsage usage, DialogEnd reason, SipMessage? bye)
    {
        _services.Legs.End();
        Session.OnTerminated(this, reason, bye);
    }
}
