namespace OmaIm.Stack.Dialogs;

/// <summary>Why a usage of a dialog ended.</summary>
public enum DialogEnd
{
    /// <summary>We sent the BYE, and it was answered or timed out.</summary>
    LocalBye,

    /// <summary>The peer sent a BYE.</summary>
    RemoteBye,

    /// <summary>Our 2xx was never acknowledged (RFC 3261 section 13.3.1.4).</summary>
    AckTimeout,

    /// <summary>The caller cancelled before we answered.</summary>
    Cancelled,

    /// <summary>Nobody refreshed the session (RFC 4028 section 10).</summary>
    SessionExpired,

    /// <summary>The peer does not answer, or knows the dialog no more: 408, 481, and what RFC 5057 lists beside them.</summary>
    PeerGone,

    /// <summary>The subscriber unsubscribed.</summary>
    Unsubscribed,

    /// <summary>The subscription was not refreshed.</summary>
    Expired,

    /// <summary>We ended the subscription.</summary>
    Terminated,
}
