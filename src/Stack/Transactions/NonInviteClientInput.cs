namespace OmaIm.Stack.Transactions;

internal enum NonInviteClientInput
{
    /// <summary>1xx.</summary>
    Provisional,

    /// <summary>200 to 699.</summary>
    Final,

    /// <summary>Timer E.</summary>
    RetransmitTimer,

    /// <summary>Timer F.</summary>
    TimeoutTimer,

    /// <summary>Timer K.</summary>
    LingerTimer,

    TransportError,
}
