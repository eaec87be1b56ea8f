namespace OmaIm.Stack.Dialogs;

/// <summary>Session timers (RFC 4028).</summary>
public sealed record SessionTimerOptions
{
    public bool Enabled { get; init; } = true;

    /// <summary>The session interval that we ask for; RFC 4028 section 4 recommends 1,800 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1800);

    /// <summary>The shortest that we accept; RFC 4028 section 5 forbids less than 90 s.</summary>
    public TimeSpan Minimum { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>The longest that a peer may make it by Min-SE. A day: a client that vanished must be noticed some time, and its timer must not overflow.</summary>
    public TimeSpan Maximum { get; init; } = TimeSpan.FromDays(1);
}
