namespace OmaIm.Stack.Msrp;

/// <summary>The crossings of one connection, one for each other loop that it has named a session of. Few connections have any.</summary>
internal sealed class MsrpCrossings(MsrpConnection carrier)
{
    private readonly List<MsrpCrossing> _crossings = [];

    /// <summary>Whether any of them carries a session.</summary>
    public bool HaveSessions => _crossings.Exists(static crossing => crossing.Sessions > 0);

    /// <summary>Whether any of them must wait for its other side.</summary>
    public bool AreFull => _crossings.Exists(static crossing => crossing.IsFull);

    /// <summary>Whether any of them has been asked for its sessions and has not answered yet.</summary>
    public bool AreAsked => _crossings.Exists(static crossing => crossing.IsAsked);

    /// <summary>Whether any of them may still bring answers, although nothing more crosses.</summary>
    public bool AreEnding => _crossings.Exists(static crossing => crossing.IsEnding);

    // Strangers shall not make the server build many.
    private bool MayHaveAnother => _crossings.Count == 0 || carrier.HasSessions || carrier.IsOfRelay || carrier.IsDeserted;

    /// <summary>
    /// Whether a frame for a session of <paramref name="loop"/> must wait until those that have crossed to other loops are read: one of them may
    /// make a stranger known.
    /// </summary>
    public bool MustAsk(MsrpLoop loop) => !MayHaveAnother && Find(loop) is null && Ask();

    /// <summary>Asks each for its sessions to which something has crossed since it was asked last; whether any answer is still to come.</summary>
    public bool Ask()
    {
        foreach (var crossing in _crossings)
        {
            crossing.Ask();
        }

        return AreAsked;
    }

    /// <summary>
    /// Lets a frame, or a piece of one, cross to the loop of its session. False when a connection that has never had a session wants a second way.
    /// </summary>
    public bool TryForward(MsrpLoop loop, ReadOnlySpan<byte> bytes)
    {
        if (Find(loop) is { } crossing)
        {
            crossing.Forward(bytes);
            return true;
        }

        if (!MayHaveAnother)
        {
            return false;
        }

        carrier.Loop.Statistics.Crossings++;
        var first = new MsrpCrossing(carrier, loop);
        _crossings.Add(first);
        first.Forward(bytes);
        return true;
    }

    /// <summary>
    /// Lets an answer cross. It is known by its transaction id alone, and only its session knows that; of a relay, by the loop of the session
    /// that it names.
    /// </summary>
    public void ForwardAnswer(MsrpLoop? named, ReadOnlySpan<byte> bytes)
    {
        foreach (var crossing in _crossings)
        {
            if (!carrier.IsOfRelay || crossing.Loop == named)
            {
                crossing.Forward(bytes);
            }
        }
    }

    /// <summary>The carrier takes bytes again.</summary>
    public void OnWritable()
    {
        foreach (var crossing in _crossings)
        {
            crossing.Proceed();
        }
    }

    /// <summary>The carrier reads no more: the sessions on the other sides hear it when they have read what has crossed.</summary>
    public void EndInput(MsrpCloseReason reason)
    {
        foreach (var crossing in _crossings)
        {
            crossing.EndInput(reason);
        }
    }

    public void End(MsrpCloseReason reason)
    {
        foreach (var crossing in _crossings)
        {
            crossing.End(reason);
        }
    }

    private MsrpCrossing? Find(MsrpLoop loop)
    {
        foreach (var crossing in _crossings)
        {
            if (crossing.Loop == loop)
            {
                return crossing;
            }
        }

        return null;
    }
}
