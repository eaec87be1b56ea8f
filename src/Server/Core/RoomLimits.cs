namespace OmaIm.Server.Core;

/// <summary>Bounds and periods of the rooms, each with the reason for its default.</summary>
public sealed record RoomLimits
{
    /// <summary>Rooms at once, ad-hoc ones included: a room costs a route in the switch and a roster in memory.</summary>
    public int Rooms { get; init; } = 10_000;

    /// <summary>Ad-hoc rooms that one user may have open: more is a runaway client.</summary>
    public int AdHocRoomsPerUser { get; init; } = 20;

    /// <summary>Users in an ad-hoc room.</summary>
    public int AdHocUsers { get; init; } = 100;

    /// <summary>Entries of one invitation list: an invitation to more people is a mistake or an attack.</summary>
    public int Invitations { get; init; } = 100;

    /// <summary>Sessions of one user in one room: his devices, and the dead sessions that are not yet noticed.</summary>
    public int SessionsPerUser { get; init; } = 20;

    /// <summary>Roster subscriptions of one user in one room, as many as sessions.</summary>
    public int SubscriptionsPerUser { get; init; } = 20;

    /// <summary>
    /// How long the roster shows an invited user who did not come, with the reason: long enough for a client that subscribes after the
    /// refusal, and short enough that he is not taken for one who is there.
    /// </summary>
    public TimeSpan RefusalShown { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a client may take from the 200 to its first MSRP request; connecting takes seconds at worst.</summary>
    public TimeSpan BindTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an invited client may ring.</summary>
    public TimeSpan InviteTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>At most one NOTIFY per subscriber in this time: people do not see faster, and a thousand joins stay affordable.</summary>
    public TimeSpan NotifyInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The interval of a big room grows by this for each subscriber, so that rosters cost at most 1,000 NOTIFYs a second.</summary>
    public TimeSpan NotifyIntervalPerSubscriber { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Users described in one NOTIFY over UDP: some 250 bytes each, well under one 64 KB datagram.</summary>
    public int UsersPerDatagram { get; init; } = 100;

    /// <summary>Users described in one NOTIFY over TCP, well under the 1 MiB body that clients are asked to take.</summary>
    public int UsersPerMessage { get; init; } = 2_000;

    /// <summary>The longest roster subscription; longer ones are shortened (RFC 6665 section 4.2.1.1).</summary>
    public TimeSpan MaximumSubscription { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The shortest roster subscription but for 0, which asks once; shorter ones get 423.</summary>
    public TimeSpan MinimumSubscription { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Refresh interval of a session (RFC 4028): a client that vanished without a word is noticed after it at the latest.</summary>
    public TimeSpan SessionExpires { get; init; } = TimeSpan.FromMinutes(30);
}
