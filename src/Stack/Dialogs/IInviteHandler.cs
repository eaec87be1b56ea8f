using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;

namespace OmaIm.Stack.Dialogs;

/// <summary>What an INVITE usage tells its owner; always on the control loop.</summary>
public interface IInviteHandler
{
    /// <summary>UAC: a provisional response.</summary>
    void OnProgress(InviteUsage usage, SipMessage response);

    /// <summary>The session stands. UAC: the 2xx (its ACK is sent); UAS: the ACK.</summary>
    void OnConfirmed(InviteUsage usage, SipMessage message);

    /// <summary>
    /// UAC: a final response other than 2xx, 408 and 503 made locally included. To go on (401, 407), call <see cref="InviteUsage.Retry"/>
    /// before returning; otherwise this was the usage's last callback.
    /// </summary>
    void OnRejected(InviteUsage usage, SipMessage response);

    /// <summary>A re-INVITE, or an UPDATE with a body: answer with <see cref="InviteUsage.AcceptReinvite"/> or a rejection such as 488.</summary>
    void OnReinvite(InviteUsage usage, ServerTransaction transaction);

    /// <summary>Another request within the dialog: REFER, MESSAGE, INFO, OPTIONS, SUBSCRIBE. Must be answered.</summary>
    void OnRequest(InviteUsage usage, ServerTransaction transaction);

    /// <summary>The session is over. Comes once; <paramref name="bye"/> is the peer's BYE if there was one (it is answered).</summary>
    void OnTerminated(InviteUsage usage, DialogEnd reason, SipMessage? bye);
}
