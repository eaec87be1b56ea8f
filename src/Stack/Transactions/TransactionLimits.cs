namespace OmaIm.Stack.Transactions;

/// <summary>How much the transaction layer holds.</summary>
public sealed record TransactionLimits
{
    public static readonly TransactionLimits Default = new();

    /// <summary>
    /// Transactions at the same time, of both roles. One costs about 2 KB and lives for up to 32 s on UDP, so that this is a sustained
    /// 3,000 requests a second. Beyond, requests get 503.
    /// </summary>
    public int Transactions { get; init; } = 100_000;

    /// <summary>What the 503 says in Retry-After, in seconds.</summary>
    public int RetryAfter { get; init; } = 10;
}
