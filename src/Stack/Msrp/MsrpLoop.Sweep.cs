namespace OmaIm.Stack.Msrp;

/// <content>
/// Once a second the loop looks at every connection, for what is late. It does so bit by bit: to look at ten thousand takes milliseconds, and to
/// close a thousand silent ones tens of them, for which no message would go on.
/// </content>
public sealed partial class MsrpLoop
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    /// <summary>Connections that are looked at in one go. 50: a millisecond, should all of them have to be closed.</summary>
    private const int SweptAtOnce = 50;

    private long _nextSweep;
    private long _sweepDistance;

    // Those below are still to be looked at in this second. Who comes meanwhile is behind, and waits for the next.
    private int _unswept;

    private void Sweep(long now)
    {
        if (_unswept == 0)
        {
            Slabs.Trim();
            _unswept = _connections.Count;
            var parts = Math.Max(1, (_unswept + SweptAtOnce - 1) / SweptAtOnce);
            _sweepDistance = (long)(SweepInterval.TotalSeconds * Time.TimestampFrequency) / parts;
        }

        for (var end = Math.Max(0, _unswept - SweptAtOnce); _unswept > end;)
        {
            _unswept--;
            if (_unswept < _connections.Count)
            {
                Sweep(_connections[_unswept]);
            }
        }

        // A loop that comes late makes up for it within the round.
        _nextSweep = (_unswept == 0 ? now : _nextSweep) + _sweepDistance;
    }

    private void Sweep(MsrpConnection connection)
    {
        try
        {
            connection.Sweep();
        }
        catch (Exception exception)
        {
            ReportFailure(exception);
        }
    }
}
