namespace OmaIm.Stack.Transactions;

internal enum InviteClientInput
{
    /// <summary>1xx.</summary>
    Provisional,

    /// <summary>2xx.</summary>
    Success,

    /// <summary>300 to 699.</summary>
    Failure,

    /// <summary>Timer A.</summary>
    RetransmitTimer,

    /// <summary>Timer B in Calling; in Proceeding timer C, and behind a CANCEL the 64*T1 of RFC 3261 section 9.1.</summary>
    TimeoutTimer,

    /// <summary>Timer D in Completed, timer M in Accepted.</summary>
    LingerTimer,

    TransportError,

    /// <summary>Our side wants no answer any more.</summary>
    Cancel,
}
