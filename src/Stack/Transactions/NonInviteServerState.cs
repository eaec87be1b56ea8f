namespace OmaIm.Stack.Transactions;

/// <summary>RFC 3261 figure 8.</summary>
internal enum NonInviteServerState
{
    Initial,
    Trying,
    Proceeding,
    Completed,
    Terminated,
}
