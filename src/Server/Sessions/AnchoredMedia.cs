using OmaIm.Server.Core;
using OmaIm.Stack.Msrp;
using OmaIm.Switch.Relay;

namespace OmaIm.Server.Sessions;

/// <summary>The messages of a session that run through the server: a route in the switch, and both sides' ends of it.</summary>
internal sealed class AnchoredMedia : IRelayObserver
{
    private readonly SessionServices _services;
    private readonly RelayRoute _route;
    private bool _isClosed;

    /// <param name="services">What sessions work with.</param>
    /// <param name="endpoint">Where both sides find their ends: plain or over TLS.</param>
    /// <param name="onAbsent">A side's connection did not come, or did not come back.</param>
    public AnchoredMedia(SessionServices services, MsrpEndpoint endpoint, Action onAbsent)
    {
        _services = services;
        _route = new RelayRoute(endpoint, endpoint, services.Relay, this);
        Caller = new AnchoredLeg(services, _route.First, onAbsent);
        Callee = new AnchoredLeg(services, _route.Second, onAbsent);
    }

    public AnchoredLeg Caller { get; }

    public AnchoredLeg Callee { get; }

    /// <summary>Whom both sides may name as the sender of a message/cpim: themselves, or somebody of elsewhere (RFC 3862).</summary>
    /// <param name="caller">The caller's address-of-record.</param>
    /// <param name="callee">The callee's.</param>
    /// <param name="isCallerUnnamed">Whether the caller asks to stay unnamed: then his descriptions do not say who he is, either.</param>
    /// <param name="isCalleeUnnamed">Whether the callee does.</param>
    public void Know(string caller, string callee, bool isCallerUnnamed, bool isCalleeUnnamed)
    {
        Callee.HidesMaker = isCallerUnnamed;
        Caller.HidesMaker = isCalleeUnnamed;
        _route.First.CheckSenders(from => CpimIdentity.CheckFrom(_services.Addresses, from, caller, isCallerUnnamed) is null);
        _route.Second.CheckSenders(from => CpimIdentity.CheckFrom(_services.Addresses, from, callee, isCalleeUnnamed) is null);
    }

    /// <summary>
    /// One side has said goodbye: the other still gets what was taken for it, then <paramref name="onDrained"/> is called.
    /// </summary>
    public void End(AnchoredLeg gone, Action onDrained)
    {
        _isClosed = true;
        Caller.Stop();
        Callee.Stop();
        _route.End(gone == Caller ? _route.First : _route.Second, () => _services.Loop.Post(onDrained));
    }

    public void Close()
    {
        _isClosed = true;
        Caller.Stop();
        Callee.Stop();
        _route.Close();
    }

    /// <remarks>On the MSRP thread.</remarks>
    public void OnLegBound(RelayLeg leg, MsrpSession session) => Post(leg, session, static side => side.OnBound());

    /// <remarks>On the MSRP thread.</remarks>
    public void OnLegLost(RelayLeg leg, MsrpSession session, MsrpCloseReason reason) => Post(leg, session, static side => side.OnLost());

    private void Post(RelayLeg leg, MsrpSession session, Action<AnchoredLeg> action)
    {
        _services.Loop.Post(() =>
        {
            // A leg that was renewed meanwhile has nothing to do with what its former connection did.
            if (!_isClosed && leg.Session == session)
            {
                action(leg == _route.First ? Caller : Callee);
            }
        });
    }
}
