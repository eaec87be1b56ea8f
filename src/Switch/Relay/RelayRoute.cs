using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;

namespace OmaIm.Switch.Relay;

/// <summary>The data plane of a one-to-one session that the server anchors: two MSRP sessions of one loop, joined end to end.</summary>
public sealed class RelayRoute : IMsrpSessionHandler
{
    private readonly IRelayObserver _observer;
    private bool _isClosed;

    /// <param name="first">Where the one side connects to.</param>
    /// <param name="second">Where the other does; an endpoint of the same loops.</param>
    /// <param name="options">Limits.</param>
    /// <param name="observer">Hears of both legs.</param>
    public RelayRoute(MsrpEndpoint first, MsrpEndpoint second, RelayOptions options, IRelayObserver observer)
    {
        Loop = first.NextHome();
        Options = options;
        _observer = observer;
        First = new RelayLeg(this, first);
        Second = new RelayLeg(this, second);
    }

    /// <summary>The loop of both sessions.</summary>
    public MsrpLoop Loop { get; }

    public RelayOptions Options { get; }

    public RelayLeg First { get; }

    public RelayLeg Second { get; }

    /// <summary>Ends both sessions; the observer hears nothing more. Any thread.</summary>
    public void Close() => Loop.Post(() =>
    {
        _isClosed = true;
        First.Session.CloseNow(MsrpCloseReason.Local);
        Second.Session.CloseNow(MsrpCloseReason.Local);
    });

    public void OnBound(MsrpSession session) => _observer.OnLegBound(Leg(session));

    public void OnFrame(MsrpSession session, in MsrpFrame frame) => session.Respond(frame);

    public void OnClosed(MsrpSession session, MsrpCloseReason reason)
    {
        var leg = Leg(session);
        if (!_isClosed && leg.Session == session)
        {
            _observer.OnLegLost(leg, reason);
        }
    }

    private static RelayLeg Leg(MsrpSession session) => (RelayLeg)session.Tag!;
}
