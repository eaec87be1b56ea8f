namespace OmaIm.Client.Receipts;

/// <summary>How receipts are sent and awaited, each value with the reason for its default.</summary>
public sealed record ReceiptOptions
{
    /// <summary>Whether delivery receipts that are asked for are sent.</summary>
    public bool SendsDelivery { get; init; } = true;

    /// <summary>Whether display receipts that are asked for are sent: a user may want to keep that to himself (RFC 5438 section 14.2).</summary>
    public bool SendsDisplay { get; init; } = true;

    /// <summary>Receipts under way at once. 16: a thousand that are owed after a restart flood nobody.</summary>
    public int AtOnce { get; init; } = 16;

    /// <summary>The first wait after a receipt could not be sent; it doubles. 5 s.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait. 5 min: a new registration asks for all of them anyway.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Sent messages whose receipts are awaited; the oldest are forgotten. 20,000: some 5 MB.</summary>
    public int Awaited { get; init; } = 20_000;

    /// <summary>After how long without word of delivery a message is reported as overdue. Null: never. Its receipt still counts when it comes.</summary>
    public TimeSpan? Overdue { get; init; }
}
