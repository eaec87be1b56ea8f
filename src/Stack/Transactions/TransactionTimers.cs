namespace OmaIm.Stack.Transactions;

/// <summary>The base values of RFC 3261 section 17.1.1.1; all timers follow from them. 3GPP mobile access uses 2, 16 and 17 s.</summary>
public sealed record TransactionTimers
{
    public static readonly TransactionTimers Default = new();

    /// <summary>The estimated round-trip time.</summary>
    public TimeSpan T1 { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest interval between retransmissions of non-INVITE requests and INVITE responses.</summary>
    public TimeSpan T2 { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The longest that a message stays in the network.</summary>
    public TimeSpan T4 { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A 100 (Trying) goes out unless the answer to an INVITE comes within this (section 17.2.1).</summary>
    public TimeSpan Trying { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long an INVITE may stay without final response since its last provisional one (timer C, section 16.6: more than 3 minutes).</summary>
    public TimeSpan Proceeding { get; init; } = TimeSpan.FromSeconds(185);

    /// <summary>An INVITE that our own side has not answered by then never will be: a leak, ended with 500. Longer than timer C of any caller.</summary>
    public TimeSpan Abandoned { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>64 times T1: timers B, D, F, H, J, L, M.</summary>
    public TimeSpan Timeout => 64 * T1;

    /// <summary>The next interval of a retransmission that doubles up to T2.</summary>
    internal TimeSpan Next(TimeSpan interval) => interval >= T2 / 2 ? T2 : 2 * interval;
}
