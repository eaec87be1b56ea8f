namespace OmaIm.Stack.Transactions;

/// <summary>RFC 3261 figure 6.</summary>
internal enum NonInviteClientState
{
    Initial,
    Trying,
    Proceeding,
    Completed,
    Terminated,
}
