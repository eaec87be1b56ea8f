namespace OmaIm.Client.Composing;

/// <summary>The timers of RFC 3994, each with the reason for its default.</summary>
public sealed record ComposingOptions
{
    /// <summary>RFC 3994 section 3.2: refreshes must not come more often than this.</summary>
    public static readonly TimeSpan ShortestRefresh = TimeSpan.FromSeconds(60);

    /// <summary>How often the other side hears again that something is still being written. 120 s, the RFC's default; 60 s at least.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Without a key for so long, the user is no longer writing. 15 s, the RFC's default.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest that a peer's refresh is believed. 10 min: a document may say anything, and the peer may be gone.</summary>
    public TimeSpan LongestBelieved { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What cannot be about these options, in words; null when they can be used.</summary>
    public string? FindProblem() => this switch
    {
        _ when Refresh < ShortestRefresh => "composing is refreshed every 60 s at most",
        _ when Idle <= TimeSpan.Zero => "some time without a key must pass before the user is idle",
        _ when LongestBelieved < Idle => "a peer's refresh must be believed for longer than the user needs to become idle",
        _ => null,
    };
}
