using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;

namespace OmaIm.Switch.Relay;

/// <summary>
/// The data plane of a one-to-one session that the server anchors: two MSRP sessions of one loop, joined end to end. Every chunk, and every
/// piece of a chunk that comes in pieces, goes on as a chunk of its own, answered 200 to its sender at once; reports go through.
/// </summary>
/// <remarks>
/// When a leg is lost, what was on its way to it has failed: the sender hears it, once for each message (408), and of what he has not
/// finished the rest is refused. What the lost side had not finished is aborted. Everything else waits, unanswered, until the leg is renewed
/// and bound again, or the route closed: its owner sees to it that one of them happens in time. Where too much waits and others would wait
/// with it, it is refused (408). Nothing is ever sent twice.
/// </remarks>
public sealed class RelayRoute : IMsrpSessionHandler
{
    /// <summary>
    /// Seconds without an answer after which a side that is left is not waited for any more. 4: a client answers what it has read within one,
    /// also over a slow link, and there are clients that never answer.
    /// </summary>
    private const int Patience = 4;

    private readonly IRelayObserver _observer;
    private readonly RelayIntake _intake;
    private readonly RelayFailures _failures;
    private readonly long _began;
    private bool _isClosed;

    // The side that is left when the other has said goodbye, and who waits for its having got everything.
    private RelayLeg? _last;
    private Action? _onDrained;
    private int _lastProgress;

    /// <param name="first">Where the one side connects to.</param>
    /// <param name="second">Where the other does; an endpoint of the same loops.</param>
    /// <param name="options">Limits.</param>
    /// <param name="observer">Hears of both legs.</param>
    public RelayRoute(MsrpEndpoint first, MsrpEndpoint second, RelayOptions options, IRelayObserver observer)
    {
        Loop = first.NextHome();
        Options = options;
        _observer = observer;
        _intake = new RelayIntake(this);
        _failures = new RelayFailures(this);
        _began = Loop.Time.GetTimestamp();
        First = new RelayLeg(this, first);
        Second = new RelayLeg(this, second);
    }

    /// <summary>The loop of both sessions.</summary>
    public MsrpLoop Loop { get; }

    public RelayOptions Options { get; }

    public RelayLeg First { get; }

    public RelayLeg Second { get; }

    /// <summary>Seconds since the route was made, as of the last sweep: what is sent is timed by them, without a look at the clock.</summary>
    internal int Now { get; private set; }

    /// <summary>Whether one side has gone for good.</summary>
    internal bool IsEnding => _last is not null;

    /// <summary>
    /// Ends the session of a side that has said goodbye. What it has been answered for still goes to the other, until that has answered it,
    /// answers nothing any more although it takes everything, or is gone, too; then <paramref name="onDrained"/> is called, on the loop's thread, and it is time for
    /// <see cref="Close"/>. The observer hears nothing more. Any thread.
    /// </summary>
    public void End(RelayLeg leg, Action onDrained) => Loop.Post(() =>
    {
        _last = leg.Other;
        _lastProgress = Now;
        _onDrained = onDrained;
        leg.Session.CloseNow(MsrpCloseReason.Local);
        leg.Other.Pace();
        Loop.PostAfterFlush(CheckDrained);
    });

    /// <summary>Ends both sessions; the observer hears nothing more. Any thread.</summary>
    public void Close() => Loop.Post(() =>
    {
        _isClosed = true;
        First.Session.CloseNow(MsrpCloseReason.Local);
        Second.Session.CloseNow(MsrpCloseReason.Local);
    });

    public void OnBound(MsrpSession session)
    {
        var leg = Leg(session);
        if (_isClosed || leg.Session != session)
        {
            return;
        }

        // The replaced session may still be there: what ends it is posted, and what comes over a connection may be read before.
        if (leg.Bound is { } former && former != session)
        {
            former.CloseNow(MsrpCloseReason.Local);
        }

        leg.Bind(session);
        PaceBoth();
        if (!IsEnding)
        {
            _observer.OnLegBound(leg, session);
        }
    }

    public void OnFrame(MsrpSession session, in MsrpFrame frame)
    {
        var leg = Leg(session);
        if (leg.Bound != session)
        {
            // Replaced, and about to end.
            return;
        }

        switch (frame.Method)
        {
            case MsrpMethod.Send:
                _intake.Take(leg, frame);
                break;

            case MsrpMethod.Report:
                _intake.TakeReport(leg, frame);
                break;

            default:
                session.Respond(frame, MsrpRejection.MethodUnknown);
                break;
        }
    }

    public bool TryTakeAnswer(MsrpSession session, ReadOnlySpan<byte> transactionId, int statusCode)
    {
        var leg = Leg(session);
        if (leg.Bound != session || !_failures.TryTakeAnswer(leg, transactionId, statusCode))
        {
            return false;
        }

        if (IsEnding)
        {
            _lastProgress = Now;
            CheckDrained();
        }

        return true;
    }

    public void Expect(MsrpSession session)
    {
        var leg = Leg(session);
        leg.Unanswered.Bring();
        leg.Other.Bring();
    }

    public void OnBlocked(MsrpSession session) => PaceBoth();

    public void OnWritable(MsrpSession session)
    {
        Leg(session).Progress = Now;
        PaceBoth();
        CheckDrained();
    }

    public void OnSweep(MsrpSession session)
    {
        Now = (int)Loop.Time.GetElapsedTime(_began).TotalSeconds;
        _failures.Sweep(Leg(session));
        _lastProgress = _last is { Connection.IsBlocked: true } ? Now : _lastProgress;
        CheckDrained();
    }

    public void OnClosed(MsrpSession session, MsrpCloseReason reason)
    {
        var leg = Leg(session);
        if (leg.Bound == session)
        {
            leg.Unbind();
            if (!_isClosed)
            {
                _intake.AbortAll(leg);
                _failures.ReportLoss(leg);
            }

            leg.Other.Pace();
        }

        CheckDrained();
        if (!_isClosed && !IsEnding && leg.Session == session)
        {
            _observer.OnLegLost(leg, session, reason);
        }
    }

    private void CheckDrained()
    {
        if (_onDrained is { } onDrained && (_last!.IsDrained || Now - _lastProgress > Patience))
        {
            _onDrained = null;
            onDrained();
        }
    }

    private static RelayLeg Leg(MsrpSession session) => (RelayLeg)session.Tag!;

    private void PaceBoth()
    {
        First.Pace();
        Second.Pace();
    }
}
