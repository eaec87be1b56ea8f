using System.Globalization;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Stack.Dialogs;

/// <summary>The state of RFC 3261 section 12: two peers, their tags, their sequence numbers and the way between them.</summary>
public sealed class Dialog
{
    private uint _localCSeq;
    private uint? _remoteCSeq;

    private Dialog(DialogId id, SipUri localUri, SipUri remoteUri, SipUri remoteTarget, SipFlow flow)
    {
        Id = id;
        LocalUri = localUri;
        RemoteUri = remoteUri;
        RemoteTarget = remoteTarget;
        Flow = flow;
    }

    public string CallId => Id.CallId;

    public string LocalTag => Id.LocalTag;

    public string RemoteTag => Id.RemoteTag;

    public SipUri LocalUri { get; }

    public SipUri RemoteUri { get; }

    /// <summary>The peer's Contact: the Request-URI of our requests.</summary>
    public SipUri RemoteTarget { get; private set; }

    /// <summary>The values of Route for our requests, in order.</summary>
    public IReadOnlyList<string> RouteSet { get; private init; } = [];

    /// <summary>The way that the peer's last request came by; our requests take it.</summary>
    public SipFlow Flow { get; internal set; }

    internal DialogId Id { get; }

    /// <summary>The value of Contact in what we send.</summary>
    internal string? LocalContact { get; set; }

    /// <summary>A request within the dialog (section 12.2.1.1), with the next CSeq and, where the method has one, our Contact.</summary>
    public SipMessage CreateRequest(SipMethod method)
    {
        var request = Create(method, ++_localCSeq);
        if (LocalContact is not null && HasContact(method))
        {
            request.Headers.Add(SipHeaderId.Contact, LocalContact);
        }

        return request;
    }

    /// <summary>Whether a request of the peer is in order (section 12.2.2); notes its number if so.</summary>
    public bool CheckRemoteCSeq(SipMessage request)
    {
        var number = request.CSeq!.Number;
        if (_remoteCSeq >= number)
        {
            return false;
        }

        _remoteCSeq = number;
        return true;
    }

    /// <summary>Section 12.1.1: from a request that we answer.</summary>
    internal static Dialog FromRequest(ServerTransaction transaction, string localContact)
    {
        var request = transaction.Request;
        return new Dialog(
            new DialogId(request.CallId!.Value, transaction.LocalTag, request.From!.Tag ?? ""),
            request.To!.Uri,
            request.From.Uri,
            request.Contact?.Uri ?? request.From.Uri,
            transaction.Flow)
        {
            LocalContact = localContact,
            RouteSet = RecordRoutes(request),
            _remoteCSeq = request.CSeq!.Number,
        };
    }

    /// <summary>Section 12.1.2: from the 2xx to a request of ours; null when the response names no tag or contact.</summary>
    internal static Dialog? FromResponse(SipMessage request, SipMessage response, SipFlow flow) =>
        response.To?.Tag is { Length: > 0 } remoteTag && response.Contact is { IsWildcard: false } contact
            ? new Dialog(
                new DialogId(request.CallId!.Value, request.From!.Tag ?? "", remoteTag),
                request.From.Uri,
                request.To!.Uri,
                contact.Uri,
                flow)
            {
                LocalContact = request.Headers.GetText(SipHeaderId.Contact),
                RouteSet = [.. RecordRoutes(response).Reverse()],
                _localCSeq = request.CSeq!.Number,
            }
            : null;

    /// <summary>RFC 6665 section 4.4.1: a NOTIFY makes the dialog that our SUBSCRIBE asked for, perhaps before the 2xx comes.</summary>
    internal static Dialog? FromNotify(SipMessage subscribe, SipMessage notify, SipFlow flow) =>
        notify.From?.Tag is { Length: > 0 } remoteTag && notify.Contact is { IsWildcard: false } contact
            ? new Dialog(
                new DialogId(subscribe.CallId!.Value, subscribe.From!.Tag ?? "", remoteTag),
                subscribe.From.Uri,
                subscribe.To!.Uri,
                contact.Uri,
                flow)
            {
                LocalContact = subscribe.Headers.GetText(SipHeaderId.Contact),
                RouteSet = RecordRoutes(notify),
                _localCSeq = subscribe.CSeq!.Number,
            }
            : null;

    /// <summary>RFC 3261 section 13.2.2.4: the ACK for a 2xx has the number and the credentials of its INVITE, and a transaction of its own.</summary>
    internal SipMessage CreateAck(SipMessage invite)
    {
        var ack = Create(SipMethod.Ack, invite.CSeq!.Number);
        HeaderCopies.Copy(invite, SipHeaderId.Authorization, ack);
        HeaderCopies.Copy(invite, SipHeaderId.ProxyAuthorization, ack);
        return ack;
    }

    /// <summary>The number for a copy of a request that was refused.</summary>
    internal uint NextLocalCSeq() => ++_localCSeq;

    /// <summary>RFC 3261 section 12.2: a target refresh, by a request of the peer or by the 2xx to one of ours.</summary>
    internal void RefreshTarget(SipMessage message)
    {
        if (HasContact(message.Method) && message.Contact is { IsWildcard: false } contact)
        {
            RemoteTarget = contact.Uri;
        }
    }

    private static bool HasContact(SipMethod method) =>
        method == SipMethod.Invite || method == SipMethod.Update || method == SipMethod.Subscribe || method == SipMethod.Notify || method == SipMethod.Refer;

    private static string[] RecordRoutes(SipMessage message) => [.. message.RecordRoutes.Select(route => route.ToString())];

    private SipMessage Create(SipMethod method, uint number)
    {
        var (target, routes) = Route();
        var request = SipMessage.CreateRequest(method, target);
        foreach (var route in routes)
        {
            request.Headers.Add(SipHeaderId.Route, route);
        }

        request.Headers.Add(SipHeaderId.From, WithTag(LocalUri, LocalTag));
        request.Headers.Add(SipHeaderId.To, WithTag(RemoteUri, RemoteTag));
        request.Headers.Add(SipHeaderId.CallId, CallId);
        request.Headers.Add(SipHeaderId.CSeq, string.Create(CultureInfo.InvariantCulture, $"{number} {method}"));
        return request;
    }

    private static string WithTag(SipUri uri, string tag) => tag.Length == 0 ? $"<{uri}>" : $"<{uri}>;tag={tag}";

    /// <summary>RFC 3261 section 12.2.1.1: loose routing puts the target into the Request-URI; a strict router (without lr) wants its own URI there.</summary>
    private (SipUri Target, IEnumerable<string> Routes) Route()
    {
        if (RouteSet.Count > 0
            && Protocols.Sip.Headers.RouteHeader.TryParse(System.Text.Encoding.UTF8.GetBytes(RouteSet[0]), out var first)
            && !first.Uri.Parameters.Contains("lr"))
        {
            return (first.Uri, RouteSet.Skip(1).Append($"<{RemoteTarget}>"));
        }

        return (RemoteTarget, RouteSet);
    }
}
