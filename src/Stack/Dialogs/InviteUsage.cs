using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;

namespace OmaIm.Stack.Dialogs;

/// <summary>A session: the INVITE usage of a dialog, as UAC or as UAS.</summary>
public sealed class InviteUsage
{
    internal InviteUsage()
    {
    }

    /// <summary>The dialog; for a UAC only from the 2xx on.</summary>
    public Dialog Dialog => throw new NotImplementedException();

    public InviteState State => throw new NotImplementedException();

    /// <summary>For the owner's use.</summary>
    public object? Tag { get; set; }

    /// <summary>Ends the session, whatever its state: CANCEL before the 2xx, BYE behind it.</summary>
    /// <param name="reasonHeader">The value of a Reason header (RFC 3326), such as <c>SIP;cause=200;text="Booted"</c>.</param>
    public void Bye(string? reasonHeader = null) => throw new NotImplementedException();

    /// <summary>Sends a request made by <see cref="Dialog.CreateRequest"/>. A 408 or 481 ends the usage.</summary>
    public ClientTransaction Send(SipMessage request, Action<ClientTransaction, SipMessage> onResponse) => throw new NotImplementedException();

    /// <summary>UAC, within <see cref="IInviteHandler.OnRejected"/>: sends the INVITE again, with the credentials that were missing.</summary>
    public void Retry(SipMessage invite) => throw new NotImplementedException();

    /// <summary>UAC: a copy of the INVITE with the next CSeq and no Via, for <see cref="Retry"/>.</summary>
    public SipMessage CreateRetry() => throw new NotImplementedException();

    /// <summary>Sends a re-INVITE with a new offer; a 491 is retried by itself. <paramref name="onResponse"/> gets the final response.</summary>
    public void Reinvite(string contentType, ReadOnlyMemory<byte> offer, Action<InviteUsage, SipMessage> onResponse) => throw new NotImplementedException();

    /// <summary>Answers a re-INVITE or UPDATE with 200.</summary>
    public void AcceptReinvite(ServerTransaction transaction, string contentType, ReadOnlyMemory<byte> answer) => throw new NotImplementedException();
}
