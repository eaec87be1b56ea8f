using OmaIm.Stack.Msrp;

namespace OmaIm.Switch.Routes;

/// <summary>
/// How long the long messages of one member may still wait for members who lag. He earns it by what goes on, so that his messages are never
/// slower than <see cref="RoomRouteOptions.LeastStreamRate"/> for the sake of others.
/// </summary>
internal sealed class LagCredit(MsrpLoop loop, RoomRouteOptions options)
{
    /// <summary>The most that is earned in advance. 10 s: a gap in radio coverage is bridged, nobody waits longer at once.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(10);

    private TimeSpan _left = Most;
    private long? _since;

    /// <summary>Whether he does not wait, or no longer.</summary>
    public bool IsSpent => (_since is { } since ? _left - loop.Time.GetElapsedTime(since) : _left) <= TimeSpan.Zero;

    public void Earn(int bytes)
    {
        var earned = _left + TimeSpan.FromSeconds((double)bytes / options.LeastStreamRate);
        _left = earned < Most ? earned : Most;
    }

    public void BeginWaiting() => _since = loop.Time.GetTimestamp();

    public void EndWaiting()
    {
        _left -= _since is { } since ? loop.Time.GetElapsedTime(since) : TimeSpan.Zero;
        _since = null;
    }
}
