using OmaIm.Protocols.Msrp;

namespace OmaIm.Switch.Routes;

/// <summary>Policy of a room that the switch keeps without asking: decided once, before the first message.</summary>
public sealed record RoomRouteOptions
{
    /// <summary>Largest message in bytes. 64 MiB: the switch stores nothing of it, the limit protects the members.</summary>
    public long MaximumMessageSize { get; init; } = 64 * 1024 * 1024;

    /// <summary>Messages that a session may have begun and not ended. 16: more than any client interleaves.</summary>
    public int MaximumOpenMessages { get; init; } = 16;

    /// <summary>
    /// What members are asked to answer. Partial: errors only; a switch learns of dead members from TCP, and answers cost as much as deliveries.
    /// </summary>
    public FailureReport FailureReport { get; init; } = FailureReport.Partial;

    /// <summary>Whether messages to one participant are allowed (RFC 7701 section 6).</summary>
    public bool PrivateMessages { get; init; } = true;

    /// <summary>
    /// How long a member may take nothing before long messages no longer wait for him. 1 s: a radio gap is bridged, a dead reader soon forgotten.
    /// </summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Bytes a second that a long message goes on with, however slow those are who take it. 16 KiB, a tenth of what a poor mobile link
    /// carries: who takes less for long is cut off when his outbox is full, and the room goes on.
    /// </summary>
    public int LeastStreamRate { get; init; } = 16 * 1024;
}
