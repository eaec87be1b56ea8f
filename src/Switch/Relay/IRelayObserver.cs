using OmaIm.Stack.Msrp;

namespace OmaIm.Switch.Relay;

/// <summary>What the owner of a relayed session hears, on the loop's thread: it passes the fact on to its own thread and returns.</summary>
public interface IRelayObserver
{
    /// <summary>The leg's session is bound to a connection, for the first time or after <see cref="RelayLeg.Renew"/>.</summary>
    void OnLegBound(RelayLeg leg);

    /// <summary>
    /// The leg's session has ended, and not by <see cref="RelayRoute.Close"/> or <see cref="RelayLeg.Renew"/>. The other leg waits until
    /// this one is renewed and bound again, or the route is closed.
    /// </summary>
    void OnLegLost(RelayLeg leg, MsrpCloseReason reason);
}
