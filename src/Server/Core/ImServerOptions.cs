using System.Net;
using OmaIm.Switch.Relay;
using OmaIm.Switch.Routes;

namespace OmaIm.Server.Core;

/// <summary>What one IM server is told at its start. The appliance fills it from the configuration file; tests write it down.</summary>
public sealed record ImServerOptions
{
    /// <summary>The domain of the accounts, and the digest realm.</summary>
    public string Domain { get; init; } = "localhost";

    /// <summary>The domain of the rooms: <c>sip:NAME@rooms.localhost</c>.</summary>
    public string RoomsDomain { get; init; } = "rooms.localhost";

    /// <summary>The user part of the conference factory inside <see cref="Domain"/>.</summary>
    public string FactoryUser { get; init; } = "conference-factory";

    /// <summary>The user part of the exploder inside <see cref="Domain"/>: a MESSAGE to it goes to every entry of its list.</summary>
    public string ExploderUser { get; init; } = "exploder";

    public IReadOnlyList<AccountOptions> Accounts { get; init; } = [];

    public IReadOnlyList<RoomOptions> Rooms { get; init; } = [];

    public AdmissionOptions Admission { get; init; } = new();

    public RegistrarOptions Registrar { get; init; } = new();

    public PagerOptions Pager { get; init; } = new();

    public SessionOptions Sessions { get; init; } = new();

    /// <summary>What the switch keeps in every one-to-one session without asking, but for the size of messages, which <see cref="Sessions"/> says.</summary>
    public RelayOptions Relay { get; init; } = new();

    public RoomLimits RoomLimits { get; init; } = new();

    /// <summary>What the switch keeps in every room without asking.</summary>
    public RoomRouteOptions Route { get; init; } = new();

    /// <summary>
    /// Networks in which the server may connect to MSRP clients that only listen. The host that a client speaks SIP from is always allowed.
    /// </summary>
    public IReadOnlyList<IPNetwork> ConnectNetworks { get; init; } = [];
}
