using OmaIm.Server.Core;
using OmaIm.Server.Core.Ports;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Timing;
using OmaIm.Switch.Routes;

namespace OmaIm.Server.Rooms;

/// <summary>What all rooms of a server work with.</summary>
public sealed record RoomServices
{
    public required ControlLoop Loop { get; init; }

    public required DialogLayer Dialogs { get; init; }

    public required MsrpEndpoint Endpoint { get; init; }

    /// <summary>The endpoint of the same loops for MSRP over TLS; null without a certificate.</summary>
    public MsrpEndpoint? SecureEndpoint { get; init; }

    public required AddressPlan Addresses { get; init; }

    public required ICredentialStore Accounts { get; init; }

    public required ILocationService Locations { get; init; }

    public required RoomLimits Limits { get; init; }

    public RoomRouteOptions Route { get; init; } = new();

    public required ConnectPolicy ConnectPolicy { get; init; }

    public required ServerMetrics Metrics { get; init; }

    public required RoomsLog Log { get; init; }

    /// <summary>The dialogs of one-to-one sessions, for rooms that take the place of one; null where there are none.</summary>
    public ISessionDialogs? SessionDialogs { get; set; }

    public SessionCount Sessions { get; } = new();
}
