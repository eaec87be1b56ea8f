namespace OmaIm.Client.Receipts;

/// <summary>Limits of a journal, each with the reason for its default.</summary>
public sealed record JournalOptions
{
    /// <summary>Most messages kept; the oldest that owe nothing make room. 10,000: so long a copy is known when it comes again.</summary>
    public int MaximumMessages { get; init; } = 10_000;

    /// <summary>Most bytes of content kept. 64 MiB: a file is at most about twice that before it is written anew.</summary>
    public long MaximumBytes { get; init; } = 64 * 1024 * 1024;
}
