using OmaIm.Protocols.Sip;

namespace OmaIm.Stack.Dialogs;

/// <summary>What a subscription of ours tells its owner; always on the control loop.</summary>
public interface ISubscriberHandler
{
    /// <summary>A NOTIFY came in order; it is answered 200. The last one of a subscription has Subscription-State terminated.</summary>
    void OnNotify(SubscriberUsage usage, SipMessage notify);

    /// <summary>Our REFER was accepted, and its NOTIFYs will come.</summary>
    void OnAccepted(SubscriberUsage usage, SipMessage response)
    {
    }

    /// <summary>The subscription is over: by a NOTIFY (with its reason), by a rejecting response, or because no NOTIFY came.</summary>
    void OnTerminated(SubscriberUsage usage, string? reason, SipMessage? response);

    /// <summary>A 401 or 407: call <see cref="SubscriberUsage.Retry"/> and return true to go on.</summary>
    bool OnChallenged(SubscriberUsage usage, SipMessage response) => false;
}
