namespace OmaIm.Stack.Transactions;

/// <summary>Why a client transaction got no final response.</summary>
public enum TransactionFailure
{
    /// <summary>Nobody answered in time (timer B, C or F): counts as 408.</summary>
    Timeout,

    /// <summary>The flow closed or could not carry the request: counts as 503.</summary>
    TransportError,
}
