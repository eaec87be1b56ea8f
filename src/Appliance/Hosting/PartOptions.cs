using OmaIm.Appliance.Configuration;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Transport;
using OmaIm.Switch.Routes;

namespace OmaIm.Appliance.Hosting;

/// <summary>Carries the configuration to the parts, each in its own words.</summary>
internal static class PartOptions
{
    public static string RoomsDomain(ApplianceOptions options) => "rooms." + options.Domain;

    public static SipTransportOptions SipTransport(SipSettings sip) => new()
    {
        Limits = new SipLimits { Head = sip.MaxHeadBytes, Headers = sip.MaxHeaders, Body = sip.MaxBodyBytes },
        SentBy = sip.AdvertisedHost is null ? null : $"{sip.AdvertisedHost}:{sip.Udp.Port}",
        Connections = sip.MaxConnections,
        ConnectionsPerAddress = sip.MaxConnectionsPerAddress,
        WriteQueueBytes = sip.WriteQueueBytes,
        IdleTimeout = TimeSpan.FromSeconds(sip.IdleSeconds),
        FirstByteTimeout = TimeSpan.FromSeconds(sip.FirstByteSeconds),
        MessageTimeout = TimeSpan.FromSeconds(sip.MessageSeconds),
    };

    public static int MsrpLoops(MsrpSettings msrp) =>
        msrp.Loops > 0 ? msrp.Loops : Math.Min(Environment.ProcessorCount, MsrpEndpoint.MaximumLoops);

    public static MsrpLoopOptions MsrpLoop(MsrpSettings msrp) => new()
    {
        UseSockets = msrp.DirectSockets,
        FlushInterval = TimeSpan.FromMilliseconds(msrp.FlushMilliseconds),
        BusyShare = msrp.BusyPercent / 100.0,
        OutboxBytes = msrp.OutboxBytes,
        PipeOutboxBytes = msrp.PipeOutboxBytes,
        DeferredBytes = msrp.DeferredBytes,
        OutboxAge = TimeSpan.FromSeconds(msrp.SlowReaderSeconds),
        FirstByte = TimeSpan.FromSeconds(msrp.FirstByteSeconds),
        Bind = TimeSpan.FromSeconds(msrp.BindSeconds),
        MinimumRate = msrp.MinimumRate,
        MinimumRateGrace = TimeSpan.FromSeconds(msrp.MinimumRateGraceSeconds),
        Failures = msrp.MaxStrayFrames,
        SessionsPerConnection = msrp.SessionsPerConnection,
        SessionsPerRelayConnection = msrp.SessionsPerRelayConnection,
        Drain = TimeSpan.FromMicroseconds(msrp.DrainMicroseconds),
    };

    public static ImServerOptions ImServer(ApplianceOptions options) => new()
    {
        Domain = options.Domain,
        RoomsDomain = RoomsDomain(options),
        ExploderUser = options.Pager.ExploderUser,
        Accounts = [.. options.Accounts.Select(Account)],
        Rooms = [.. options.Rooms.Select(Room)],
        Admission = new AdmissionOptions
        {
            NonceLifetime = TimeSpan.FromSeconds(options.Admission.NonceSeconds),
            NonceEntries = options.Admission.NonceEntries,
            OffersSha256 = options.Admission.Sha256,
        },
        Registrar = new RegistrarOptions
        {
            ContactsPerUser = options.Registrar.ContactsPerUser,
            MinimumExpires = TimeSpan.FromSeconds(options.Registrar.MinimumSeconds),
            DefaultExpires = TimeSpan.FromSeconds(options.Registrar.DefaultSeconds),
            MaximumExpires = TimeSpan.FromSeconds(options.Registrar.MaximumSeconds),
        },
        Sessions = new SessionOptions
        {
            Mode = options.Sessions.Mode,
            RingTime = TimeSpan.FromSeconds(options.Sessions.RingSeconds),
            RecoveryTime = TimeSpan.FromSeconds(options.Sessions.RecoverySeconds),
            ReturnTime = TimeSpan.FromSeconds(options.Sessions.ReturnSeconds),
            DrainTime = TimeSpan.FromSeconds(options.Sessions.DrainSeconds),
            MaximumMessageSize = options.Sessions.MaxMessageBytes,
            SessionsPerUser = options.Sessions.SessionsPerUser,
            Sessions = options.Sessions.MaxSessions,
        },
        Pager = new PagerOptions
        {
            BodyBytes = options.Pager.MaxBodyBytes,
            DatagramBytes = options.Pager.MaxDatagramBytes,
            Recipients = options.Pager.MaxRecipients,
            ReceiptWindow = TimeSpan.FromMilliseconds(options.Pager.ReceiptWindowMilliseconds),
            Timeout = TimeSpan.FromSeconds(options.Pager.TimeoutSeconds),
        },
        RoomLimits = RoomLimits(options.RoomLimits),
        Route = RoomRoute(options.Msrp),
        ConnectNetworks = options.Msrp.ConnectNetworks,
    };

    private static AccountOptions Account(AccountSettings account) => new()
    {
        User = account.User,
        Password = account.Password,
        Ha1Md5 = account.Ha1Md5,
        Ha1Sha256 = account.Ha1Sha256,
    };

    private static RoomOptions Room(RoomSettings room) => new()
    {
        Name = room.Name,
        Access = room.Access,
        Members = room.Members,
        Moderators = room.Moderators,
        Subject = room.Subject,
        MaximumUsers = room.MaxMembers,
        InvitesMembers = room.InviteMembers,
        MembersMayOpen = room.AllowInitiate,
        AllowsAnonymity = room.AllowAnonymity,
    };

    private static RoomLimits RoomLimits(RoomLimitSettings limits) => new()
    {
        Rooms = limits.Rooms,
        AdHocRoomsPerUser = limits.AdHocRoomsPerUser,
        AdHocUsers = limits.AdHocUsers,
        Invitations = limits.Invitations,
        SessionsPerUser = limits.SessionsPerUser,
        SubscriptionsPerUser = limits.SubscriptionsPerUser,
        BindTimeout = TimeSpan.FromSeconds(limits.BindSeconds),
        InviteTimeout = TimeSpan.FromSeconds(limits.InviteSeconds),
        RefusalShown = TimeSpan.FromSeconds(limits.RefusalShownSeconds),
        NotifyInterval = TimeSpan.FromMilliseconds(limits.NotifyMilliseconds),
        MaximumSubscription = TimeSpan.FromSeconds(limits.SubscriptionSeconds),
        SessionExpires = TimeSpan.FromSeconds(limits.SessionExpiresSeconds),
    };

    private static RoomRouteOptions RoomRoute(MsrpSettings msrp) => new()
    {
        MaximumMessageSize = msrp.MaxMessageBytes,
        MaximumOpenMessages = msrp.MaxOpenMessages,
        FailureReport = msrp.FailureReport,
        Stall = TimeSpan.FromMilliseconds(msrp.StallMilliseconds),
        LeastStreamRate = msrp.LongMessageRate,
    };
}
