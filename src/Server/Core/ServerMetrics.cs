using System.Diagnostics.Metrics;

namespace OmaIm.Server.Core;

/// <summary>
/// The figures of the control plane (meter <c>OmaIm.Server</c>). Every tag value comes from an enum or from the method list,
/// never from a message, so that no peer can make a time series.
/// </summary>
public sealed class ServerMetrics : IDisposable
{
    public const string MeterName = "OmaIm.Server";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _requests;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _joins;
    private readonly Counter<long> _leaves;
    private readonly Counter<long> _notifications;
    private readonly Counter<long> _nicknames;
    private readonly Counter<long> _pages;
    private readonly Counter<long> _sessionEnds;
    private int _contacts;
    private int _rooms;
    private int _sessions;
    private int _subscriptions;
    private int _conversations;

    public ServerMetrics()
    {
        _requests = _meter.CreateCounter<long>("omaim.server.requests", "{request}", "Requests outside dialogs that were admitted, by method.");
        _refusals = _meter.CreateCounter<long>("omaim.server.refusals", "{request}", "Requests that were refused, by part of the server and reason.");
        _joins = _meter.CreateCounter<long>("omaim.server.joins", "{session}", "Sessions that entered a room.");
        _leaves = _meter.CreateCounter<long>("omaim.server.leaves", "{session}", "Sessions that left a room, by reason.");
        _notifications = _meter.CreateCounter<long>("omaim.server.roster_notifications", "{notification}", "Roster documents sent, by state.");
        _nicknames = _meter.CreateCounter<long>("omaim.server.nicknames", "{request}", "Nickname requests, by outcome.");
        _pages = _meter.CreateCounter<long>("omaim.server.pager_messages", "{message}", "Pager messages to users, by outcome.");
        _sessionEnds = _meter.CreateCounter<long>("omaim.server.conversation_ends", "{session}", "One-to-one sessions that ended, or that nobody accepted, by reason.");
        _meter.CreateObservableGauge("omaim.server.conversations", () => Conversations, "{session}", "One-to-one sessions that stand.");
        _meter.CreateObservableGauge("omaim.server.contacts", () => Contacts, "{contact}", "Registered contacts.");
        _meter.CreateObservableGauge("omaim.server.rooms", () => Rooms, "{room}", "Rooms, ad-hoc ones included.");
        _meter.CreateObservableGauge("omaim.server.sessions", () => Sessions, "{session}", "Sessions in rooms.");
        _meter.CreateObservableGauge("omaim.server.roster_subscriptions", () => Subscriptions, "{subscription}", "Roster subscriptions.");
    }

    public int Contacts => Volatile.Read(ref _contacts);

    public int Rooms => Volatile.Read(ref _rooms);

    public int Sessions => Volatile.Read(ref _sessions);

    public int Conversations => Volatile.Read(ref _conversations);

    public int Subscriptions => Volatile.Read(ref _subscriptions);

    /// <summary>Whether a meter is this server's: one process may run several.</summary>
    public bool Owns(Meter meter) => ReferenceEquals(meter, _meter);

    public void Admitted(string method) => _requests.Add(1, new KeyValuePair<string, object?>("method", method));

    public void Refused(string part, string reason) =>
        _refusals.Add(1, new KeyValuePair<string, object?>("part", part), new KeyValuePair<string, object?>("reason", reason));

    public void ContactsChanged(int difference) => Interlocked.Add(ref _contacts, difference);

    public void RoomsChanged(int difference) => Interlocked.Add(ref _rooms, difference);

    public void SubscriptionsChanged(int difference) => Interlocked.Add(ref _subscriptions, difference);

    public void Joined()
    {
        Interlocked.Increment(ref _sessions);
        _joins.Add(1);
    }

    public void Left(string reason)
    {
        Interlocked.Decrement(ref _sessions);
        _leaves.Add(1, new KeyValuePair<string, object?>("reason", reason));
    }

    public void SessionBegan() => Interlocked.Increment(ref _conversations);

    public void SessionEnded(string reason, bool wasEstablished)
    {
        Interlocked.Add(ref _conversations, wasEstablished ? -1 : 0);
        _sessionEnds.Add(1, new KeyValuePair<string, object?>("reason", reason));
    }

    public void Notified(string state) => _notifications.Add(1, new KeyValuePair<string, object?>("state", state));

    public void Paged(bool isDelivered) => _pages.Add(1, new KeyValuePair<string, object?>("outcome", isDelivered ? "delivered" : "failed"));

    public void NicknameAnswered(string outcome) => _nicknames.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Dispose() => _meter.Dispose();
}
