using OmaIm.Protocols.Sip;

namespace OmaIm.Stack.Dialogs;

/// <summary>What a subscription that we serve tells its owner; always on the control loop.</summary>
public interface INotifierHandler
{
    /// <summary>The subscriber refreshed: send the state again (RFC 6665 section 4.2.1.2).</summary>
    void OnRefreshed(NotifierUsage usage, SipMessage subscribe);

    /// <summary>The subscription is over, its final NOTIFY is sent where one is due. Comes once.</summary>
    void OnTerminated(NotifierUsage usage, DialogEnd reason);

    /// <summary>All NOTIFYs so far were answered: the moment to send what was coalesced meanwhile.</summary>
    void OnDelivered(NotifierUsage usage)
    {
    }
}
