using System.Globalization;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;

namespace OmaIm.Stack.Dialogs;

/// <summary>A subscription that we serve (RFC 6665 section 4.2).</summary>
public sealed class NotifierUsage
{
    /// <summary>NOTIFYs that may wait for the answer to the one before. Who lets more pile up subscribes anew and gets the full state.</summary>
    internal const int MaximumQueued = 64;

    private static readonly TimeSpan DefaultMaximum = TimeSpan.FromHours(1);

    private readonly DialogLayer _layer;
    private readonly DialogEntry _entry;
    private readonly INotifierHandler _handler;
    private readonly LoopTimer _expiryTimer;
    private readonly Queue<Notification> _queue = new();
    private long _expiresAt;
    private bool _inFlight;

    internal NotifierUsage(DialogLayer layer, DialogEntry entry, INotifierHandler handler, (string Package, string? Id) package, TimeSpan expires, object? tag)
    {
        _layer = layer;
        _entry = entry;
        _handler = handler;
        (Package, EventId) = package;
        Tag = tag;
        _expiryTimer = layer.Transactions.Loop.CreateTimer(OnExpired);
        Extend(expires);
    }

    private readonly record struct Notification(string State, string? ContentType, ReadOnlyMemory<byte> Body);

    public Dialog Dialog => _entry.Dialog;

    /// <summary>The event package, such as "conference".</summary>
    public string Package { get; }

    /// <summary>The id parameter of Event, which tells several subscriptions of one dialog apart.</summary>
    public string? EventId { get; }

    /// <summary>The longest that a refresh extends the subscription.</summary>
    public TimeSpan MaximumExpires { get; set; } = DefaultMaximum;

    public TimeSpan Remaining => TimeSpan.FromTicks(Math.Max(0, _expiresAt - Now));

    public bool IsTerminated { get; private set; }

    /// <summary>NOTIFYs without final response, the one under way included. They go out one after the other.</summary>
    public int Pending => _queue.Count + (_inFlight ? 1 : 0);

    /// <summary>For the owner's use.</summary>
    public object? Tag { get; set; }

    private long Now => _layer.Transactions.Loop.Now;

    /// <summary>Sends a NOTIFY with the state. When the subscription has no time left (a fetch), it is the last one.</summary>
    public void Notify(string? contentType, ReadOnlyMemory<byte> body)
    {
        if (IsTerminated)
        {
            return;
        }

        if (Remaining == TimeSpan.Zero)
        {
            End(DialogEnd.Expired, "timeout", contentType, body);
        }
        else if (_queue.Count >= MaximumQueued)
        {
            End(DialogEnd.PeerGone, "deactivated", null, default);
        }
        else
        {
            Enqueue(new Notification("active", contentType, body));
        }
    }

    /// <summary>Sends the last NOTIFY. <paramref name="reason"/>: deactivated, probation, rejected, timeout, giveup, noresource or invariant.</summary>
    public void Terminate(string reason, string? contentType = null, ReadOnlyMemory<byte> body = default) =>
        End(DialogEnd.Terminated, reason, contentType, body);

    /// <summary>A SUBSCRIBE for this subscription: a refresh, or its end (RFC 6665 section 4.2.1.2).</summary>
    internal void OnSubscribe(ServerTransaction transaction)
    {
        var asked = transaction.Request.Expires is { } header ? TimeSpan.FromSeconds(header.Seconds) : MaximumExpires;
        var granted = asked < MaximumExpires ? asked : MaximumExpires;
        var response = transaction.CreateResponse(200);
        response.Headers.Set(SipHeaderId.Expires, Format(granted));
        response.Headers.Set(SipHeaderId.Contact, Dialog.LocalContact!);
        transaction.Respond(response);
        if (granted == TimeSpan.Zero)
        {
            End(DialogEnd.Unsubscribed, "timeout", null, default);
        }
        else
        {
            Extend(granted);
            _handler.OnRefreshed(this, transaction.Request);
        }
    }

    private static string Format(TimeSpan span) => ((int)Math.Ceiling(span.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private void Extend(TimeSpan expires)
    {
        _expiresAt = Now + expires.Ticks;
        if (expires > TimeSpan.Zero)
        {
            _expiryTimer.Restart(expires);
        }
    }

    private void OnExpired()
    {
        _layer.Statistics.Expired++;
        End(DialogEnd.Expired, "timeout", null, default);
    }

    private void End(DialogEnd end, string reason, string? contentType, ReadOnlyMemory<byte> body)
    {
        if (IsTerminated)
        {
            return;
        }

        // What waits is older than the end; a body of the last NOTIFY is the whole truth by then.
        _queue.Clear();
        Enqueue(new Notification($"terminated;reason={reason}", contentType, body));
        Leave(end);
    }

    private void Leave(DialogEnd end)
    {
        if (IsTerminated)
        {
            return;
        }

        IsTerminated = true;
        _expiryTimer.Cancel();
        _entry.Notifiers.Remove(this);
        _layer.Leave(_entry);
        _handler.OnTerminated(this, end);
    }

    private void Enqueue(Notification notification)
    {
        _queue.Enqueue(notification);
        SendNext();
    }

    /// <summary>One NOTIFY at a time: on UDP a later one could overtake and the earlier would then be refused as out of order.</summary>
    private void SendNext()
    {
        if (_inFlight || !_queue.TryDequeue(out var notification))
        {
            return;
        }

        _inFlight = true;
        var notify = Dialog.CreateRequest(SipMethod.Notify);
        notify.Headers.Set(SipHeaderId.Event, EventId is null ? Package : $"{Package};id={EventId}");
        notify.Headers.Set(
            SipHeaderId.SubscriptionState,
            notification.State == "active" ? $"active;expires={Format(Remaining)}" : notification.State);
        if (notification.ContentType is not null)
        {
            notify.SetBody(notification.ContentType, notification.Body);
        }

        _layer.Transactions.Send(notify, _layer.FlowOf(Dialog), (_, response) => OnResponse(response), (_, _) => OnPeerGone());
    }

    private void OnResponse(SipMessage response)
    {
        if (response.StatusCode < 200)
        {
            return;
        }

        _inFlight = false;
        if (UsageEnd.OfSubscription(response.StatusCode))
        {
            OnPeerGone();
            return;
        }

        SendNext();
        if (!_inFlight && !IsTerminated)
        {
            _handler.OnDelivered(this);
        }
    }

    private void OnPeerGone()
    {
        _inFlight = false;
        _queue.Clear();
        Leave(DialogEnd.PeerGone);
    }
}
