using OmaIm.Stack.Msrp;

namespace OmaIm.Switch.Relay;

/// <summary>What the owner of a relayed session hears, on the loop's thread: it passes the fact on to its own thread and returns.</summary>
public interface IRelayObserver
{
    /// <summary>The leg's session is bound to a connection, for the first time or after <see cref="RelayLeg.Renew"/>.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="session">Its session at that time: by now another thread may have renewed it.</param>
    void OnLegBound(RelayLeg leg, MsrpSession session);

    /// <summary>
    /// The leg's session has ended, and not by <see cref="RelayRoute.Close"/> or <see cref="RelayLeg.Renew"/>. The other leg waits until
    /// this one is renewed and bound again, or the route is closed.
    /// </summary>
    /// <param name="leg">The leg.</param>
    /// <param name="session">The session that has ended.</param>
    /// <param name="reason">Why.</param>
    void OnLegLost(RelayLeg leg, MsrpSession session, MsrpCloseReason reason);
}
