namespace OmaIm.Stack.Transactions;

/// <summary>RFC 3261 figure 5 with RFC 6026 figure 1.</summary>
internal enum InviteClientState
{
    Initial,
    Calling,
    Proceeding,
    Accepted,
    Completed,
    Terminated,
}
