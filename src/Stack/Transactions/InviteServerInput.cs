namespace OmaIm.Stack.Transactions;

internal enum InviteServerInput
{
    /// <summary>The INVITE came again.</summary>
    Request,

    /// <summary>An ACK that matches the INVITE.</summary>
    Ack,

    /// <summary>Our side gave a 1xx.</summary>
    Provisional,

    /// <summary>Our side gave a 2xx.</summary>
    Success,

    /// <summary>Our side gave 300 to 699.</summary>
    Failure,

    /// <summary>200 ms without answer: RFC 3261 section 17.2.1.</summary>
    TryingTimer,

    /// <summary>Timer G.</summary>
    RetransmitTimer,

    /// <summary>Timer H.</summary>
    AckTimer,

    /// <summary>Timer I in Confirmed, timer L in Accepted.</summary>
    LingerTimer,

    /// <summary>Our side never answered.</summary>
    AbandonTimer,
}
