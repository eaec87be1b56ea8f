using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Stack.Dialogs;

/// <summary>
/// Matches requests to dialogs and their usages. All members are for the loop.
/// </summary>
public sealed class DialogLayer
{
    public DialogLayer(TransactionLayer transactions, SessionTimerOptions? sessionTimers = null) => throw new NotImplementedException();

    /// <summary>A request without To tag. (One with a To tag that fits no dialog is answered 481 here.)</summary>
    public event Action<ServerTransaction>? OutOfDialogRequest;

    /// <summary>Dialogs that stand.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>
    /// UAS: answers an INVITE with 200 and sends it again until its ACK comes. The 200 carries Contact, Record-Route, Supported and
    /// the session timer, then <paramref name="headers"/>; a Contact among those replaces <paramref name="contact"/>
    /// (to give it parameters, such as isfocus).
    /// </summary>
    public InviteUsage AcceptInvite(
        ServerTransaction invite,
        IInviteHandler handler,
        SipUri contact,
        IEnumerable<(SipHeaderId Id, string Value)>? headers,
        string contentType,
        ReadOnlyMemory<byte> answer,
        object? tag = null) => throw new NotImplementedException();

    /// <summary>UAC: sends an INVITE; the caller filled From (with tag), To, Call-ID, CSeq, Contact and the body.</summary>
    public InviteUsage Invite(SipMessage invite, SipFlow flow, IInviteHandler handler, object? tag = null) => throw new NotImplementedException();

    /// <summary>Answers a SUBSCRIBE, in or out of a dialog, with 200. The owner then sends the state by <see cref="NotifierUsage.Notify"/>, at once.</summary>
    public NotifierUsage AcceptSubscribe(ServerTransaction subscribe, INotifierHandler handler, SipUri contact, TimeSpan expires, object? tag = null) => throw new NotImplementedException();

    /// <summary>Answers a REFER, in or out of a dialog, with 202; its progress is told by NOTIFYs with message/sipfrag (RFC 3515).</summary>
    public NotifierUsage AcceptRefer(ServerTransaction refer, INotifierHandler handler, SipUri contact, TimeSpan expires, object? tag = null) => throw new NotImplementedException();

    /// <summary>Sends a SUBSCRIBE (or a REFER) outside of dialogs; the caller filled From (with tag), To, Call-ID, CSeq, Contact, Event, Expires.</summary>
    public SubscriberUsage Subscribe(SipMessage subscribe, SipFlow flow, ISubscriberHandler handler, object? tag = null) => throw new NotImplementedException();

    /// <summary>Sends a SUBSCRIBE (or a REFER) made by <see cref="Dialog.CreateRequest"/> within its dialog.</summary>
    public SubscriberUsage Subscribe(SipMessage subscribe, Dialog dialog, ISubscriberHandler handler, object? tag = null) => throw new NotImplementedException();

    internal void Use() => OutOfDialogRequest?.Invoke(null!);
}
