using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;
using OmaIm.Switch.Relay;
using OmaIm.Tests.Support;

namespace OmaIm.Tests.Unit.Switch.Relay;

/// <summary>A relayed session of Alice (first leg) and Bob on the test's own thread and clock, and what its owner hears of it.</summary>
internal sealed class RelayBench : IRelayObserver, IDisposable
{
    private int _peers;

    public RelayBench(RelayOptions? options = null, MsrpLoopOptions? loop = null, MsrpLimits? limits = null, bool binds = true, int loops = 1)
    {
        Msrp = new MsrpBench(loop, limits, loops);
        Route = Create(options);
        Alice = Attach(Route.First);
        Bob = Attach(Route.Second);
        if (binds)
        {
            Bind(Alice);
            Bind(Bob);
        }
    }

    public MsrpBench Msrp { get; }

    public RelayRoute Route { get; }

    public MsrpPeer Alice { get; private set; }

    public MsrpPeer Bob { get; private set; }

    /// <summary>Bindings and losses, as they came.</summary>
    public List<string> Events { get; } = [];

    public RelayRoute Create(RelayOptions? options = null) => new(Msrp.Endpoint, Msrp.Endpoint, options ?? new RelayOptions(), this);

    /// <summary>The peer of a leg, on a connection of his own or a given one; his path is known to the leg.</summary>
    public MsrpPeer Attach(RelayLeg leg, MsrpMemoryConnection? connection = null)
    {
        var path = $"msrp://198.51.100.7:9/peer{++_peers:d4};tcp";
        leg.Session.RemotePath = path;
        var peer = new MsrpPeer(Msrp, leg.Session, connection ?? Msrp.Connect(), path);
        Msrp.Run();
        return peer;
    }

    public static void Bind(MsrpPeer peer)
    {
        peer.Bind();
        peer.Take();
    }

    /// <summary>Bob's connection is gone.</summary>
    public void LoseBob()
    {
        Bob.Connection.EndInput();
        Msrp.Run();
    }

    /// <summary>Bob comes back with a new path on a new connection.</summary>
    public void RenewBob()
    {
        Route.Second.Renew();
        Bob = Attach(Route.Second);
        Bob.Connection.Receive(MsrpText.Request("SEND", Bob.NextId(), Bob.SessionPath, Bob.Path, "Message-ID: bind0001"));
        Msrp.Run();
    }

    public void OnLegBound(RelayLeg leg, MsrpSession session) => Events.Add(Name(leg) + " bound");

    public void OnLegLost(RelayLeg leg, MsrpSession session, MsrpCloseReason reason) => Events.Add($"{Name(leg)} lost {reason}");

    public void Dispose() => Msrp.Dispose();

    private static string Name(RelayLeg leg) => leg == leg.Route.First ? "first" : "second";
}
