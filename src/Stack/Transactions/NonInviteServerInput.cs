namespace OmaIm.Stack.Transactions;

internal enum NonInviteServerInput
{
    /// <summary>The request came again.</summary>
    Request,

    /// <summary>Our side gave a 1xx.</summary>
    Provisional,

    /// <summary>Our side gave 200 to 699.</summary>
    Final,

    /// <summary>Timer J.</summary>
    LingerTimer,

    /// <summary>Our side did not answer before the client's timer F: an answer would come too late (RFC 4320).</summary>
    AbandonTimer,
}
