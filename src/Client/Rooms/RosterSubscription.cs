using OmaIm.Client.Signalling;
using OmaIm.Protocols.Conference;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transport;

namespace OmaIm.Client.Rooms;

/// <summary>
/// The subscription to the room's conference state (RFC 4575, RFC 6665) that keeps <see cref="Roster"/> up to date. It is made anew when it
/// ends while the room is joined. Lives on the control loop.
/// </summary>
internal sealed class RosterSubscription : ISubscriberHandler
{
    private const string Package = "conference";

    /// <summary>RFC 4575 section 3.3 recommends 3,600 s. The stack refreshes in time.</summary>
    private const string Expires = "3600";

    /// <summary>Seconds that a room may keep a member without a roster: an hour. Whoever says more means never, and has words for that.</summary>
    private const int LongestWait = 3600;

    /// <summary>How long joining waits for the roster. 10 s: a room without one is better than no room.</summary>
    private static readonly TimeSpan ReadyTime = TimeSpan.FromSeconds(10);

    private readonly UserAgent _agent;
    private readonly SipUri _room;
    private readonly Roster _roster;
    private readonly Action<RoomEvent> _publish;
    private readonly LoopTimer _retry;
    private readonly BackOff _backOff = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    private readonly LoopTimer _refresh;
    private readonly BackOff _refreshBackOff = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    private readonly LoopTimer _late;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SubscriberUsage? _usage;
    private int _challenges;
    private TimeSpan _wait;
    private bool _hasAskedForWhole;
    private bool _isStopped;

    public RosterSubscription(UserAgent agent, ControlLoop loop, SipUri room, Roster roster, Action<RoomEvent> publish)
    {
        _agent = agent;
        _room = room;
        _roster = roster;
        _publish = publish;
        _retry = loop.CreateTimer(Start);
        _refresh = loop.CreateTimer(Refresh);
        _late = loop.Schedule(ReadyTime, () => _ready.TrySetResult());
    }

    /// <summary>Ends when the first document is applied, when the first attempt at one has failed, or after some time without one.</summary>
    public Task Ready => _ready.Task;

    public void Start()
    {
        if (_agent is not { Flow: { IsOpen: true } flow, Stack: { } stack })
        {
            _retry.Restart(_backOff.Next()); // the flow comes back with the registration or with the next join
            return;
        }

        _roster.BeginSubscription();
        _challenges = 0;
        _wait = TimeSpan.Zero;
        var subscribe = CreateSubscribe(flow);
        _agent.Authenticator.Authorize(subscribe);
        _usage = stack.Dialogs.Subscribe(subscribe, flow, this);
    }

    public void Stop()
    {
        _isStopped = true;
        _retry.Cancel();
        _refresh.Cancel();
        _late.Cancel();
        _ready.TrySetResult();
        if (_usage is { IsTerminated: false } usage)
        {
            usage.Unsubscribe();
        }
    }

    public bool OnChallenged(SubscriberUsage usage, SipMessage response)
    {
        if (!_agent.Authenticator.TryLearn(response, _challenges++))
        {
            return false;
        }

        var retry = usage.CreateRetry();
        _agent.Authenticator.Authorize(retry);
        usage.Retry(retry);
        return true;
    }

    public void OnNotify(SubscriberUsage usage, SipMessage notify)
    {
        if (_isStopped || usage != _usage)
        {
            return;
        }

        _wait = TimeSpan.FromSeconds(Math.Clamp(notify.SubscriptionState?.RetryAfter ?? 0, 0, LongestWait));
        if (notify.ContentType?.MediaType != ConferenceInfo.ContentType
            || !ConferenceInfo.TryParse(notify.Body, out var document))
        {
            return;
        }

        var changes = new List<RoomEvent>();
        switch (_roster.Apply(document, changes))
        {
            case RosterResult.Applied:
                _backOff.Reset();
                _refreshBackOff.Reset();
                _refresh.Cancel();
                _hasAskedForWhole = false;
                changes.ForEach(_publish);
                _ready.TrySetResult();
                break;
            case RosterResult.NeedsFullState:
                AskForWhole();
                break;
        }
    }

    public void OnTerminated(SubscriberUsage usage, string? reason, SipMessage? response)
    {
        if (_isStopped || usage != _usage)
        {
            return;
        }

        // RFC 6665 section 4.1.3: after these reasons, and after a refusal, asking again is of no use; else not before the time that the room
        // names, which means nothing with the reasons that ask to come again at once.
        var isFinal = reason is "rejected" or "noresource" or "invariant" || response is { StatusCode: >= 400 and < 500 and not 408 and not 481 };
        if (!isFinal)
        {
            var wait = _backOff.Next();
            _retry.Restart(wait > _wait || reason is "deactivated" or "timeout" ? wait : _wait);
        }

        _ready.TrySetResult();
    }

    /// <summary>RFC 4575 section 4.6: at once; but a focus that answers with parts again would be asked without end.</summary>
    private void AskForWhole()
    {
        if (!_hasAskedForWhole)
        {
            _hasAskedForWhole = true;
            _usage!.Refresh();
        }
        else if (!_refresh.IsArmed)
        {
            _refresh.Restart(_refreshBackOff.Next());
        }
    }

    private void Refresh()
    {
        if (_usage is { IsTerminated: false } usage)
        {
            usage.Refresh();
        }
    }

    private SipMessage CreateSubscribe(SipFlow flow)
    {
        var subscribe = _agent.CreateRequest(SipMethod.Subscribe, _room, RandomToken.Create(), RandomToken.Create(), sequence: 1);
        subscribe.Headers.Set(SipHeaderId.Contact, $"<{_agent.ContactOn(flow)}>");
        subscribe.Headers.Set(SipHeaderId.Event, Package);
        subscribe.Headers.Set(SipHeaderId.Accept, ConferenceInfo.ContentType);
        subscribe.Headers.Set(SipHeaderId.Expires, Expires);
        return subscribe;
    }
}
