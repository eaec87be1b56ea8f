namespace OmaIm.Client.Receipts;

/// <summary>Limits of a journal, each with the reason for its default.</summary>
public sealed record JournalOptions
{
    /// <summary>Most messages kept; the oldest that owe nothing make room. 10,000: so long a copy is known when it comes again.</summary>
    public int MaximumMessages { get; init; } = 10_000;

    /// <summary>Most bytes of content kept. 64 MiB: a file is at most about twice that before it is written anew.</summary>
    public long MaximumBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How long after a message came its receipts are owed. 7 days: a sender who was not there for so long has stopped waiting, and must not fill the journal.</summary>
    public TimeSpan MaximumOwedAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Receipts owed to one sender; the oldest are given up. 2,000: a fifth of the journal, so that no single sender can fill it for the others.</summary>
    public int MaximumOwedToOne { get; init; } = 2000;

    /// <summary>The clock by which receipts grow old.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
