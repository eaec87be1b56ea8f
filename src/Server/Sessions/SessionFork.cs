using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Timing;

namespace OmaIm.Server.Sessions;

/// <summary>
/// The callee's devices ring, all at once (RFC 3261 section 16.7): the first that accepts ends the others, a 6xx ends all, and when none
/// accepts, the best refusal counts.
/// </summary>
internal sealed class SessionFork
{
    private const string Elsewhere = "SIP;cause=200;text=\"Call completed elsewhere\"";

    private readonly Session _session;
    private readonly TimeSpan _ringTime;
    private readonly LoopTimer _ringTimer;
    private readonly List<SessionLeg> _ringing = [];
    private readonly BestRefusal _best = new(otherwise: 480);
    private bool _isOver;

    public SessionFork(SessionServices services, Session session)
    {
        _session = session;
        _ringTimer = services.Loop.CreateTimer(OnNoAnswer);
        _ringTime = services.Options.RingTime;
    }

    /// <summary>These devices ring from now on.</summary>
    public void Start(IEnumerable<SessionLeg> branches)
    {
        _ringing.AddRange(branches);
        _ringTimer.Restart(_ringTime);
    }

    /// <summary>True for the first device that accepts: the others are told that they need not ring any more.</summary>
    public bool TryWin(SessionLeg branch)
    {
        if (_isOver)
        {
            return false;
        }

        _ringing.Remove(branch);
        Stop(Elsewhere);
        return true;
    }

    /// <summary>A device refused, or could not be reached.</summary>
    public void OnRefused(SessionLeg branch, SipMessage response)
    {
        _ringing.Remove(branch);
        if (_isOver)
        {
            return;
        }

        _best.Note(response);
        if (_ringing.Count == 0 || response.StatusCode >= 600)
        {
            Stop(null);
            _session.OnAllRefused(_best);
        }
    }

    /// <summary>Nobody shall ring any more.</summary>
    public void Stop(string? reasonHeader)
    {
        _isOver = true;
        _ringTimer.Cancel();
        _ringing.ForEach(branch => branch.End(reasonHeader));
        _ringing.Clear();
    }

    private void OnNoAnswer()
    {
        Stop(null);
        _session.OnAllRefused(_best);
    }
}
