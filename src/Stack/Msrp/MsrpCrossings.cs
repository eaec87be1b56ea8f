namespace OmaIm.Stack.Msrp;

/// <summary>The crossings of one connection, one for each other loop that it has named a session of. Few connections have any.</summary>
internal sealed class MsrpCrossings(MsrpConnection carrier)
{
    private readonly List<MsrpCrossing> _crossings = [];

    /// <summary>Whether any of them carries a session.</summary>
    public bool HaveSessions => _crossings.Exists(static crossing => crossing.Sessions > 0);

    /// <summary>Whether any of them must wait for its other side.</summary>
    public bool AreFull => _crossings.Exists(static crossing => crossing.IsFull);

    /// <summary>Whether any of them may still bring answers, although nothing more crosses.</summary>
    public bool AreEnding => _crossings.Exists(static crossing => crossing.IsEnding);

    /// <summary>
    /// Lets a frame, or a piece of one, cross to the loop of its session. False when a connection without any session asks for a second
    /// way: strangers shall not make the server build many.
    /// </summary>
    public bool TryForward(MsrpLoop loop, ReadOnlySpan<byte> bytes)
    {
        foreach (var crossing in _crossings)
        {
            if (crossing.Loop == loop)
            {
                crossing.Forward(bytes);
                return true;
            }
        }

        if (_crossings.Count > 0 && !carrier.HasSessions)
        {
            return false;
        }

        carrier.Loop.Statistics.Crossings++;
        var first = new MsrpCrossing(carrier, loop);
        _crossings.Add(first);
        first.Forward(bytes);
        return true;
    }

    /// <summary>An answer is known by its transaction id alone, and only its session knows that.</summary>
    public void ForwardToAll(ReadOnlySpan<byte> bytes)
    {
        foreach (var crossing in _crossings)
        {
            crossing.Forward(bytes);
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
}
