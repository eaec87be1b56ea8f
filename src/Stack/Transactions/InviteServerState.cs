namespace OmaIm.Stack.Transactions;

/// <summary>RFC 3261 figure 7 with RFC 6026 figure 2.</summary>
internal enum InviteServerState
{
    Initial,
    Proceeding,
    Accepted,
    Completed,
    Confirmed,
    Terminated,
}
