using OmaIm.Stack.Msrp;

namespace OmaIm.Switch.Relay;

/// <summary>One side of a relayed session.</summary>
public sealed class RelayLeg
{
    private volatile MsrpSession _session;

    internal RelayLeg(RelayRoute route, MsrpEndpoint endpoint)
    {
        Route = route;
        _session = CreateSession(endpoint);
    }

    public RelayRoute Route { get; }

    /// <summary>The leg on the other side.</summary>
    public RelayLeg Other => Route.First == this ? Route.Second : Route.First;

    /// <summary>
    /// The MSRP session: its local path goes into the SDP for this side, its remote path is set once the SDP of this side is known.
    /// <see cref="Renew"/> replaces it.
    /// </summary>
    public MsrpSession Session => _session;

    /// <summary>Makes a fresh session, with a new path, for a leg that was lost; one that was not is ended without a word. Any thread.</summary>
    /// <param name="endpoint">Where it is reached, an endpoint of the same loops; null: where it was.</param>
    public MsrpSession Renew(MsrpEndpoint? endpoint = null)
    {
        var former = _session;
        _session = CreateSession(endpoint ?? former.Endpoint);
        former.Close();
        return _session;
    }

    private MsrpSession CreateSession(MsrpEndpoint endpoint)
    {
        var session = endpoint.CreateSession(Route, Route.Loop);
        session.Tag = this;
        return session;
    }
}
