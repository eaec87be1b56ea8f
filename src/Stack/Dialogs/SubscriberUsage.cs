using System.Globalization;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Stack.Dialogs;

/// <summary>A subscription of ours (RFC 6665 section 4.1), or the implicit one of a REFER (RFC 3515).</summary>
public sealed class SubscriberUsage
{
    internal const string ReferPackage = "refer";

    private readonly DialogLayer _layer;
    private readonly ISubscriberHandler _handler;
    private readonly LoopTimer _refreshTimer;
    private readonly LoopTimer _expiryTimer;
    private readonly LoopTimer _notifyTimer; // N
    private DialogEntry? _entry;
    private SipMessage? _subscribe;
    private SipFlow? _flow;
    private bool _retried;
    private bool _gaveIn;
    private bool _unsubscribing;

    internal SubscriberUsage(DialogLayer layer, ISubscriberHandler handler, object? tag)
    {
        _layer = layer;
        _handler = handler;
        Tag = tag;
        _refreshTimer = layer.Transactions.Loop.CreateTimer(Refresh);
        _expiryTimer = layer.Transactions.Loop.CreateTimer(() => Terminate("timeout", null));
        _notifyTimer = layer.Transactions.Loop.CreateTimer(() => Terminate(null, null));
    }

    /// <summary>The dialog, from the first NOTIFY or the 2xx on.</summary>
    public Dialog? Dialog => _entry?.Dialog;

    public bool IsTerminated { get; private set; }

    /// <summary>For the owner's use.</summary>
    public object? Tag { get; set; }

    /// <summary>The event package, "refer" for a REFER.</summary>
    public string Package { get; private set; } = ReferPackage;

    /// <summary>The id parameter of Event; for a REFER its CSeq number.</summary>
    public string? EventId { get; private set; }

    private bool IsRefer => _subscribe!.Method == SipMethod.Refer;

    /// <summary>Asks the notifier to end the subscription; the final NOTIFY then ends it.</summary>
    public void Unsubscribe()
    {
        _unsubscribing = true;
        if (_entry is not null && !IsTerminated)
        {
            SendSubscribe(TimeSpan.Zero);
            _refreshTimer.Cancel();
            _notifyTimer.Restart(_layer.Transactions.Timers.Timeout);
        }
    }

    /// <summary>Ends the subscription here and now, without a word to the notifier: his next NOTIFY is answered 481.</summary>
    public void Abandon() => Terminate("timeout", null);

    /// <summary>Subscribes anew at once, for the full state: after a gap in the versions of a document.</summary>
    public void Refresh()
    {
        if (_entry is not null && !IsTerminated && !_unsubscribing)
        {
            SendSubscribe(null);
        }
    }

    /// <summary>Within <see cref="ISubscriberHandler.OnChallenged"/>: sends the request again, with credentials.</summary>
    public void Retry(SipMessage request)
    {
        _retried = true;
        Send(request);
    }

    /// <summary>A copy of the last request with the next CSeq and no Via, for <see cref="Retry"/>.</summary>
    public SipMessage CreateRetry()
    {
        var last = _subscribe ?? throw new InvalidOperationException("Nothing was sent yet.");
        var number = _entry?.Dialog.NextLocalCSeq() ?? last.CSeq!.Number + 1;
        var retry = HeaderCopies.CopyRequest(last);
        retry.Headers.Set(SipHeaderId.CSeq, string.Create(CultureInfo.InvariantCulture, $"{number} {last.Method}"));
        return retry;
    }

    internal void Start(SipMessage subscribe, SipFlow flow, DialogEntry? entry)
    {
        _flow = flow;
        (Package, EventId) = subscribe.Event is { } package
            ? (package.Package, package.Id)
            : (ReferPackage, subscribe.CSeq!.Number.ToString(CultureInfo.InvariantCulture));
        if (entry is not null)
        {
            Join(entry);
        }

        _notifyTimer.Restart(_layer.Transactions.Timers.Timeout);
        Send(subscribe);
    }

    /// <summary>A NOTIFY for a subscription that has no dialog yet: it came before the 2xx.</summary>
    internal bool TryEstablish(ServerTransaction notify)
    {
        var package = notify.Request.Event;
        if (package is null
            || !string.Equals(package.Package, Package, StringComparison.Ordinal)
            || Dialog.FromNotify(_subscribe!, notify.Request, notify.Flow) is not { } dialog)
        {
            return false;
        }

        dialog.CheckRemoteCSeq(notify.Request);
        Join(_layer.Enter(dialog));
        OnNotify(notify);
        return true;
    }

    internal void OnNotify(ServerTransaction transaction)
    {
        var notify = transaction.Request;
        if (notify.SubscriptionState is not { } state)
        {
            transaction.Respond(400, "Missing Subscription-State");
            return;
        }

        transaction.Respond(200);
        _notifyTimer.Cancel();
        var isOver = string.Equals(state.State, "terminated", StringComparison.OrdinalIgnoreCase);
        if (!isOver && state.Expires is { } expires)
        {
            Expect(TimeSpan.FromSeconds(expires));
        }

        _handler.OnNotify(this, notify);
        if (isOver)
        {
            Terminate(state.Reason ?? "", null);
        }
        else if (_unsubscribing && !_notifyTimer.IsArmed)
        {
            _notifyTimer.Restart(_layer.Transactions.Timers.Timeout);
        }
    }

    private void Join(DialogEntry entry)
    {
        _entry = entry;
        entry.Subscribers.Add(this);
        if (_subscribe is not null)
        {
            _layer.Forget(_subscribe, this);
        }
    }

    private void Send(SipMessage request)
    {
        _subscribe = request;
        if (IsRefer)
        {
            EventId = request.CSeq!.Number.ToString(CultureInfo.InvariantCulture);
        }

        var flow = _entry is null ? _flow! : _layer.FlowOf(_entry.Dialog);
        _layer.Transactions.Send(request, flow, (_, response) => OnResponse(request, response));
    }

    private void SendSubscribe(TimeSpan? expires)
    {
        var next = Dialog!.CreateRequest(SipMethod.Subscribe);
        next.Headers.Set(SipHeaderId.Event, EventId is null ? Package : $"{Package};id={EventId}");
        HeaderCopies.Copy(_subscribe!, SipHeaderId.Accept, next);
        HeaderCopies.Copy(_subscribe!, SipHeaderId.Supported, next);
        var seconds = expires is { } given ? (int)given.TotalSeconds : _subscribe!.Expires?.Seconds;
        if (seconds is { } value)
        {
            next.Headers.Set(SipHeaderId.Expires, value.ToString(CultureInfo.InvariantCulture));
        }

        Send(next);
    }

    private void OnResponse(SipMessage request, SipMessage response)
    {
        if (response.StatusCode < 200 || IsTerminated || request != _subscribe)
        {
            return;
        }

        if (response.StatusCode < 300)
        {
            OnAccepted(request, response);
        }
        else if (response.StatusCode is 401 or 407)
        {
            _retried = false;
            if (!_handler.OnChallenged(this, response) || !_retried)
            {
                Terminate(null, response);
            }
        }
        else if (response.StatusCode == 423 && response.MinExpires is { } minimum && request.Expires?.Seconds < minimum.Seconds && !_gaveIn)
        {
            _gaveIn = true; // once: a notifier could play the game for ever
            var retry = CreateRetry();
            retry.Headers.Set(SipHeaderId.Expires, minimum.Seconds.ToString(CultureInfo.InvariantCulture));
            Send(retry);
        }
        else if (_entry is null || _unsubscribing || !_expiryTimer.IsArmed || UsageEnd.OfSubscription(response.StatusCode))
        {
            Terminate(null, response);
        }

        // RFC 6665 section 4.1.2.2: another failure of a refresh leaves the subscription as it was, until it expires.
    }

    private void OnAccepted(SipMessage request, SipMessage response)
    {
        if (_entry is null)
        {
            if (Dialog.FromResponse(request, response, _flow!) is not { } dialog)
            {
                Terminate(null, response);
                return;
            }

            Join(_layer.Enter(dialog));
        }

        if (IsRefer)
        {
            if (response.ReferSub is { Value: false })
            {
                Terminate(null, response); // RFC 4488: there will be no NOTIFY
            }
            else
            {
                _handler.OnAccepted(this, response);
            }

            return;
        }

        if (response.Expires is { } expires)
        {
            Expect(TimeSpan.FromSeconds(expires.Seconds));
        }

        if (_unsubscribing && request.Expires?.Seconds != 0)
        {
            Unsubscribe(); // asked for before there was a dialog to do it in
        }
    }

    /// <summary>The subscription lasts this long now: it is refreshed a minute before, or at half of a short time.</summary>
    private void Expect(TimeSpan expires)
    {
        if (IsRefer || _unsubscribing || expires <= TimeSpan.Zero)
        {
            return;
        }

        var margin = TimeSpan.FromTicks(Math.Min((expires / 2).Ticks, TimeSpan.FromMinutes(1).Ticks));
        _refreshTimer.Restart(expires - margin);
        _expiryTimer.Restart(expires);
    }

    private void Terminate(string? reason, SipMessage? response)
    {
        if (IsTerminated)
        {
            return;
        }

        IsTerminated = true;
        _refreshTimer.Cancel();
        _expiryTimer.Cancel();
        _notifyTimer.Cancel();
        if (_entry is null)
        {
            _layer.Forget(_subscribe!, this);
        }
        else
        {
            _entry.Subscribers.Remove(this);
            _layer.Leave(_entry);
        }

        _handler.OnTerminated(this, reason, response);
    }
}
