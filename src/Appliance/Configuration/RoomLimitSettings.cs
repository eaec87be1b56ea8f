using OmaIm.Server.Core;

namespace OmaIm.Appliance.Configuration;

public sealed record RoomLimitSettings
{
    private static readonly RoomLimits Defaults = new();

    [Setting("Rooms at once, ad-hoc rooms included.", Minimum = 1, Maximum = 1_000_000, Reason = "A room costs a route in the switch and a roster in memory.")]
    public int Rooms { get; init; } = Defaults.Rooms;

    [Setting("Ad-hoc rooms that one user may have open.", Minimum = 1, Maximum = 10_000, Reason = "More is a runaway client.")]
    public int AdHocRoomsPerUser { get; init; } = Defaults.AdHocRoomsPerUser;

    [Setting("Users in an ad-hoc room.", Minimum = 2, Maximum = 10_000, Reason = "People who were invited by hand.")]
    public int AdHocUsers { get; init; } = Defaults.AdHocUsers;

    [Setting("Entries of one invitation list.", Minimum = 1, Maximum = 10_000, Reason = "An invitation to more people is a mistake or an attack.")]
    public int Invitations { get; init; } = Defaults.Invitations;

    [Setting("Sessions of one user in one room.", Minimum = 1, Maximum = 1_000, Reason = "His devices, and the dead sessions that are not yet noticed.")]
    public int SessionsPerUser { get; init; } = Defaults.SessionsPerUser;

    [Setting("Roster subscriptions of one user in one room.", Minimum = 1, Maximum = 1_000, Reason = "As many as sessions.")]
    public int SubscriptionsPerUser { get; init; } = Defaults.SubscriptionsPerUser;

    [Setting("How long a client may take from the 200 to its first MSRP request.", Minimum = 1, Maximum = 600, Unit = "s",
        Reason = "Connecting takes seconds at worst.")]
    public int BindSeconds { get; init; } = (int)Defaults.BindTimeout.TotalSeconds;

    [Setting("How long an invited client may ring.", Minimum = 1, Maximum = 600, Unit = "s", Reason = "Longer than anybody waits.")]
    public int InviteSeconds { get; init; } = (int)Defaults.InviteTimeout.TotalSeconds;

    [Setting("How long the roster shows an invited user who did not come.", Minimum = 1, Maximum = 86_400, Unit = "s",
        Reason = "Who subscribes after the refusal shall hear of it.")]
    public int RefusalShownSeconds { get; init; } = (int)Defaults.RefusalShown.TotalSeconds;

    [Setting("At most one roster NOTIFY per subscriber in this time.", Minimum = 0, Maximum = 60_000, Unit = "ms",
        Reason = "People do not see faster, and a thousand joins stay affordable.")]
    public int NotifyMilliseconds { get; init; } = (int)Defaults.NotifyInterval.TotalMilliseconds;

    [Setting("Longest roster subscription; longer ones are shortened.", Minimum = 60, Maximum = 86_400, Unit = "s", Reason = "RFC 6665 section 4.2.1.1; dead subscribers must go some day.")]
    public int SubscriptionSeconds { get; init; } = (int)Defaults.MaximumSubscription.TotalSeconds;

    [Setting("Refresh interval of a session (RFC 4028).", Minimum = 90, Maximum = 86_400, Unit = "s",
        Reason = "A client that vanished without a word is noticed after it at the latest; 90 s is the RFC's minimum.")]
    public int SessionExpiresSeconds { get; init; } = (int)Defaults.SessionExpires.TotalSeconds;
}
