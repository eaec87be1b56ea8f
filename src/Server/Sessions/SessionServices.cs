using OmaIm.Server.Core;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Timing;
using OmaIm.Switch.Relay;

namespace OmaIm.Server.Sessions;

/// <summary>What all one-to-one sessions of a server work with.</summary>
public sealed record SessionServices
{
    public required ControlLoop Loop { get; init; }

    public required DialogLayer Dialogs { get; init; }

    public required MsrpEndpoint Endpoint { get; init; }

    /// <summary>The endpoint of the same loops for MSRP over TLS; null without a certificate.</summary>
    public MsrpEndpoint? SecureEndpoint { get; init; }

    public required AddressPlan Addresses { get; init; }

    public required ILocationService Locations { get; init; }

    public required SessionOptions Options { get; init; }

    public required RelayOptions Relay { get; init; }

    public required ConnectPolicy ConnectPolicy { get; init; }

    public required ServerMetrics Metrics { get; init; }

    public required SessionsLog Log { get; init; }

    /// <summary>The INVITE usages of all sessions, those that ring included.</summary>
    public SessionCount Legs { get; } = new();
}
