namespace OmaIm.Stack.Transactions;

/// <summary>What the transaction layer counts. Written on the loop, readable from everywhere.</summary>
public sealed class TransactionStatistics
{
    /// <summary>Messages sent again because no answer came.</summary>
    public long Retransmissions { get; internal set; }

    /// <summary>Requests that came again and were absorbed.</summary>
    public long Absorbed { get; internal set; }

    /// <summary>ACKs for 2xx, which have no transaction.</summary>
    public long Stateless { get; internal set; }

    /// <summary>Client transactions without final response.</summary>
    public long Timeouts { get; internal set; }

    public long TransportErrors { get; internal set; }

    /// <summary>Responses that fit no transaction.</summary>
    public long StrayResponses { get; internal set; }

    /// <summary>Requests that came by two ways (482).</summary>
    public long Merged { get; internal set; }

    /// <summary>Requests refused because there were too many transactions (503).</summary>
    public long Refused { get; internal set; }

    /// <summary>Final responses to INVITE that were never acknowledged.</summary>
    public long Unacknowledged { get; internal set; }

    /// <summary>Requests that our own side never answered.</summary>
    public long Abandoned { get; internal set; }

    /// <summary>Inputs that the state of the machine has no use for.</summary>
    public long Unexpected { get; internal set; }
}
