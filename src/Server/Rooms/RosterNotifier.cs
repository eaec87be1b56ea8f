using OmaIm.Protocols.Conference;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Rooms;

/// <summary>
/// Tells the subscribers of one room how its roster changes (RFC 4575). The first change after quiet leaves at once; then at most one
/// document per subscriber and interval goes out, with all that changed meanwhile, and none while his last one is unanswered. Subscribers
/// who know the same get the same bytes, rendered once. So a thousand joins cost a few documents each, not a thousand.
/// </summary>
/// <remarks>The subscribers are bounded by the users of the domain and the subscriptions that each may have.</remarks>
public sealed class RosterNotifier : INotifierHandler
{
    private readonly List<RosterSubscriber> _subscribers = [];
    private readonly Dictionary<(long Known, uint Version, int Maximum), (byte[] Document, long Known)> _rendered = [];
    private readonly ControlLoop _loop;
    private readonly RoomLimits _limits;
    private readonly ServerMetrics _metrics;
    private readonly Roster _roster;
    private readonly Func<ConferenceInfo> _describe;
    private readonly LoopTimer _timer;
    private long _lastRound;
    private uint _round = 1;

    /// <param name="loop">The control loop.</param>
    /// <param name="limits">Intervals and document sizes.</param>
    /// <param name="metrics">The server's figures.</param>
    /// <param name="roster">What is told.</param>
    /// <param name="describe">The room itself: everything of a document but state, version and users.</param>
    public RosterNotifier(ControlLoop loop, RoomLimits limits, ServerMetrics metrics, Roster roster, Func<ConferenceInfo> describe)
    {
        _loop = loop;
        _limits = limits;
        _metrics = metrics;
        _roster = roster;
        _describe = describe;
        _timer = loop.CreateTimer(SendRound);
        _lastRound = loop.Time.GetTimestamp() - loop.Time.TimestampFrequency;
    }

    public int CountOf(string aor) => _subscribers.Count(subscriber => string.Equals(subscriber.Aor, aor, StringComparison.Ordinal));

    /// <summary>Accepts a SUBSCRIBE and sends the full state.</summary>
    public NotifierUsage Accept(DialogLayer dialogs, ServerTransaction subscribe, string aor, SipUri contact, TimeSpan expires)
    {
        var subscriber = new RosterSubscriber(aor) { Version = _round - 1 };
        _subscribers.Add(subscriber);
        _metrics.SubscriptionsChanged(+1);
        var usage = dialogs.AcceptSubscribe(subscribe, this, contact, expires, subscriber);
        usage.MaximumExpires = _limits.MaximumSubscription;
        subscriber.Usage = usage;
        Send(subscriber);
        return usage;
    }

    /// <summary>Notes that the roster changed: the subscribers hear of it soon.</summary>
    public void Changed()
    {
        if (_subscribers.Count == 0)
        {
            _roster.Forget(_roster.LatestChange);
        }
        else if (!_timer.IsArmed)
        {
            var due = Interval - _loop.Time.GetElapsedTime(_lastRound);
            _timer.Restart(due > TimeSpan.Zero ? due : TimeSpan.Zero);
        }
    }

    /// <summary>Ends the subscriptions of a user who lost his right to them.</summary>
    public void Reject(string aor)
    {
        foreach (var subscriber in _subscribers.Where(subscriber => string.Equals(subscriber.Aor, aor, StringComparison.Ordinal)).ToList())
        {
            subscriber.Usage?.Terminate("rejected");
        }
    }

    /// <summary>Ends all subscriptions: the room is no more.</summary>
    public void Close()
    {
        _timer.Cancel();
        foreach (var subscriber in _subscribers.ToList())
        {
            var last = _describe() with { State = InfoState.Deleted, Version = ++subscriber.Version };
            subscriber.Usage?.Terminate("noresource", ConferenceInfo.ContentType, last.ToBytes());
        }
    }

    public void OnRefreshed(NotifierUsage usage, SipMessage subscribe)
    {
        var subscriber = (RosterSubscriber)usage.Tag!;
        subscriber.IsFullDue = true;
        if (usage.Pending == 0)
        {
            Send(subscriber);
        }
    }

    public void OnDelivered(NotifierUsage usage)
    {
        var subscriber = (RosterSubscriber)usage.Tag!;
        if (subscriber.IsFullDue || subscriber.IsCut)
        {
            Send(subscriber);
        }
        else if (subscriber.Known < _roster.LatestChange)
        {
            Changed();
        }
    }

    public void OnTerminated(NotifierUsage usage, DialogEnd reason)
    {
        if (_subscribers.Remove((RosterSubscriber)usage.Tag!))
        {
            _metrics.SubscriptionsChanged(-1);
        }
    }

    private TimeSpan Interval => _limits.NotifyInterval + (_subscribers.Count * _limits.NotifyIntervalPerSubscriber);

    private void SendRound()
    {
        _lastRound = _loop.Time.GetTimestamp();
        _round++;
        foreach (var subscriber in _subscribers.ToList())
        {
            if (subscriber.Usage is { Pending: 0, IsTerminated: false } && subscriber.Known < _roster.LatestChange)
            {
                Deliver(subscriber);
            }
        }

        _rendered.Clear();
        _roster.Forget(_subscribers.Count == 0 ? _roster.LatestChange : _subscribers.Min(subscriber => subscriber.Known));
    }

    private void Send(RosterSubscriber subscriber)
    {
        Deliver(subscriber);
        _rendered.Clear();
    }

    private void Deliver(RosterSubscriber subscriber)
    {
        var usage = subscriber.Usage!;
        var isFull = subscriber.IsFullDue || subscriber.Known == 0;
        var known = isFull ? 0 : subscriber.Known;
        var maximum = usage.Dialog.Flow.IsReliable ? _limits.UsersPerMessage : _limits.UsersPerDatagram;
        var key = (known, ++subscriber.Version, maximum);
        if (!_rendered.TryGetValue(key, out var rendered))
        {
            _rendered[key] = rendered = Render(known, subscriber.Version, maximum);
        }

        subscriber.Known = rendered.Known;
        subscriber.IsFullDue = false;
        subscriber.IsCut = rendered.Known < _roster.LatestChange;
        _metrics.Notified(isFull ? "full" : "partial");
        usage.Notify(ConferenceInfo.ContentType, rendered.Document);
    }

    // A full document describes the room, a partial one names the users that changed and how many there are now.
    private (byte[] Document, long Known) Render(long known, uint version, int maximum)
    {
        var users = _roster.Read(known, maximum, out var upTo);
        var room = _describe();
        var document = known == 0
            ? room with { State = InfoState.Full, Version = version, Users = users }
            : new ConferenceInfo { Entity = room.Entity, State = InfoState.Partial, Version = version, UserCount = room.UserCount, Users = users };
        return (document.ToBytes(), upTo);
    }
}
