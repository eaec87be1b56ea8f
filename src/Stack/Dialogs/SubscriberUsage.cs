using OmaIm.Protocols.Sip;

namespace OmaIm.Stack.Dialogs;

/// <summary>A subscription of ours (RFC 6665 section 4.1), or the implicit one of a REFER (RFC 3515).</summary>
public sealed class SubscriberUsage
{
    internal SubscriberUsage()
    {
    }

    /// <summary>The dialog, from the first NOTIFY or the 2xx on.</summary>
    public Dialog? Dialog => throw new NotImplementedException();

    public bool IsTerminated => throw new NotImplementedException();

    /// <summary>For the owner's use.</summary>
    public object? Tag { get; set; }

    /// <summary>Asks the notifier to end the subscription; the final NOTIFY then ends it.</summary>
    public void Unsubscribe() => throw new NotImplementedException();

    /// <summary>Subscribes anew at once, for the full state: after a gap in the versions of a document.</summary>
    public void Refresh() => throw new NotImplementedException();

    /// <summary>Within <see cref="ISubscriberHandler.OnChallenged"/>: sends the request again, with credentials.</summary>
    public void Retry(SipMessage request) => throw new NotImplementedException();

    /// <summary>A copy of the last request with the next CSeq and no Via, for <see cref="Retry"/>.</summary>
    public SipMessage CreateRetry() => throw new NotImplementedException();
}
