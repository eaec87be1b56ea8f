using System.Globalization;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Sip.Headers;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Stack.Dialogs;

/// <summary>
/// Matches requests to dialogs and their usages (RFC 3261 section 12, RFC 6665, RFC 5057). All members are for the loop.
/// </summary>
public sealed class DialogLayer
{
    /// <summary>What the usages of a dialog understand; the value of Allow where the owner gives none.</summary>
    public const string Allow = "INVITE, ACK, CANCEL, BYE, OPTIONS, MESSAGE, UPDATE, INFO, REFER, SUBSCRIBE, NOTIFY";

    private readonly Dictionary<DialogId, DialogEntry> _dialogs = [];
    private readonly Dictionary<(string CallId, string LocalTag), SubscriberUsage> _unanswered = [];
    private readonly int _maximumDialogs;

    /// <param name="transactions">The layer below.</param>
    /// <param name="sessionTimers">Defaults: 1,800 s, at least 90 s.</param>
    /// <param name="maximumDialogs">Dialogs at the same time; a dialog with a session costs about 3 KB. Beyond, what would make one gets 503.</param>
    public DialogLayer(TransactionLayer transactions, SessionTimerOptions? sessionTimers = null, int maximumDialogs = 100_000)
    {
        Transactions = transactions;
        SessionTimers = sessionTimers ?? new SessionTimerOptions();
        _maximumDialogs = maximumDialogs;
        transactions.RequestReceived += OnRequest;
        transactions.AckReceived += OnAck;
    }

    /// <summary>A request without To tag. (One with a To tag that fits no dialog is answered 481 here.)</summary>
    public event Action<ServerTransaction>? OutOfDialogRequest;

    /// <summary>Finds another way to the peer of a dialog whose connection is closed, such as the one of its new registration.</summary>
    public Func<Dialog, SipFlow?>? ReplaceClosedFlow { get; set; }

    public TransactionLayer Transactions { get; }

    public SessionTimerOptions SessionTimers { get; }

    public DialogStatistics Statistics { get; } = new();

    /// <summary>Dialogs that stand.</summary>
    public int Count => _dialogs.Count;

    /// <summary>
    /// UAS: answers an INVITE with 200 and sends it again until its ACK comes. The 200 carries Contact, Record-Route, Allow, Supported
    /// and the session timer; <paramref name="headers"/> replace those of the same name (a Contact among them: to give it parameters,
    /// such as isfocus).
    /// </summary>
    /// <exception cref="InvalidOperationException">The INVITE was answered already (perhaps cancelled meanwhile).</exception>
    public InviteUsage AcceptInvite(
        ServerTransaction invite,
        IInviteHandler handler,
        SipUri contact,
        IEnumerable<(SipHeaderId Id, string Value)>? headers,
        string contentType,
        ReadOnlyMemory<byte> answer,
        object? tag = null)
    {
        if (invite.IsAnswered)
        {
            throw new InvalidOperationException("The INVITE was answered already.");
        }

        var response = invite.CreateResponse(200);
        HeaderCopies.Copy(invite.Request, SipHeaderId.RecordRoute, response);
        response.Headers.Set(SipHeaderId.Contact, $"<{contact}>");
        response.Headers.Set(SipHeaderId.Allow, Allow);
        response.Headers.Set(SipHeaderId.Supported, SessionTimer.OptionTag);
        foreach (var (id, value) in headers ?? [])
        {
            response.Headers.Set(id, value);
        }

        response.SetBody(contentType, answer);
        var entry = Enter(Dialog.FromRequest(invite, response.Headers.GetText(SipHeaderId.Contact)!));
        var usage = new InviteUsage(this, handler, isCaller: false, tag);
        entry.Invite = usage;
        usage.Accept(entry, invite, response);
        return usage;
    }

    /// <summary>UAC: sends an INVITE; the caller filled From (with tag), To, Call-ID, CSeq, Contact and the body.</summary>
    public InviteUsage Invite(SipMessage invite, SipFlow flow, IInviteHandler handler, object? tag = null)
    {
        var usage = new InviteUsage(this, handler, isCaller: true, tag);
        usage.Call(invite, flow);
        return usage;
    }

    /// <summary>Answers a SUBSCRIBE, in or out of a dialog, with 200. The owner then sends the state by <see cref="NotifierUsage.Notify"/>, at once.</summary>
    public NotifierUsage AcceptSubscribe(ServerTransaction subscribe, INotifierHandler handler, SipUri contact, TimeSpan expires, object? tag = null)
    {
        var package = subscribe.Request.Event ?? throw new InvalidOperationException("A SUBSCRIBE without Event is to be rejected.");
        var response = subscribe.CreateResponse(200);
        response.Headers.Set(SipHeaderId.Expires, ((int)expires.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        return Accept(subscribe, response, contact, entry => new NotifierUsage(this, entry, handler, (package.Package, package.Id), expires, tag));
    }

    /// <summary>Answers a REFER, in or out of a dialog, with 202; its progress is told by NOTIFYs with message/sipfrag (RFC 3515).</summary>
    public NotifierUsage AcceptRefer(ServerTransaction refer, INotifierHandler handler, SipUri contact, TimeSpan expires, object? tag = null) =>
        Accept(refer, refer.CreateResponse(202), contact, entry =>
        {
            // RFC 3515 section 2.4.6: the first REFER of a dialog needs no id, the next ones have their CSeq number.
            var id = entry.Notifiers.Exists(static usage => usage.Package == SubscriberUsage.ReferPackage)
                ? refer.Request.CSeq!.Number.ToString(CultureInfo.InvariantCulture)
                : null;
            return new NotifierUsage(this, entry, handler, (SubscriberUsage.ReferPackage, id), expires, tag);
        });

    /// <summary>Sends a SUBSCRIBE (or a REFER) outside of dialogs; the caller filled From (with tag), To, Call-ID, CSeq, Contact, Event, Expires.</summary>
    public SubscriberUsage Subscribe(SipMessage subscribe, SipFlow flow, ISubscriberHandler handler, object? tag = null)
    {
        var usage = new SubscriberUsage(this, handler, tag);
        _unanswered[(subscribe.CallId!.Value, subscribe.From!.Tag ?? "")] = usage;
        usage.Start(subscribe, flow, null);
        return usage;
    }

    /// <summary>Sends a SUBSCRIBE (or a REFER) made by <see cref="Dialog.CreateRequest"/> within its dialog.</summary>
    public SubscriberUsage Subscribe(SipMessage subscribe, Dialog dialog, ISubscriberHandler handler, object? tag = null)
    {
        var usage = new SubscriberUsage(this, handler, tag);
        usage.Start(subscribe, dialog.Flow, Enter(dialog));
        return usage;
    }

    /// <summary>The way to the peer: the dialog's own, or what replaces it when that connection is gone.</summary>
    internal SipFlow FlowOf(Dialog dialog)
    {
        if (!dialog.Flow.IsOpen && ReplaceClosedFlow?.Invoke(dialog) is { } flow)
        {
            dialog.Flow = flow;
        }

        return dialog.Flow;
    }

    /// <summary>The entry of a dialog, a new one if it is not here yet.</summary>
    internal DialogEntry Enter(Dialog dialog)
    {
        if (!_dialogs.TryGetValue(dialog.Id, out var entry))
        {
            _dialogs[dialog.Id] = entry = new DialogEntry(dialog);
        }

        return entry;
    }

    /// <summary>A usage left the dialog, which ends with its last one.</summary>
    internal void Leave(DialogEntry entry)
    {
        if (entry.IsEmpty)
        {
            _dialogs.Remove(entry.Dialog.Id);
        }
    }

    /// <summary>The SUBSCRIBE has its dialog now, or will never have one.</summary>
    internal void Forget(SipMessage subscribe, SubscriberUsage usage)
    {
        var key = (subscribe.CallId!.Value, subscribe.From!.Tag ?? "");
        if (_unanswered.GetValueOrDefault(key) == usage)
        {
            _unanswered.Remove(key);
        }
    }

    /// <summary>RFC 4028 section 9: answers 422 when the session interval is too small.</summary>
    internal bool RejectsSessionInterval(ServerTransaction transaction)
    {
        if (SessionTimer.TooLarge(transaction.Request, SessionTimers))
        {
            transaction.Respond(transaction.CreateResponse(400, "Min-SE Too Large"));
            return true;
        }

        if (SessionTimer.TooSmall(transaction.Request, SessionTimers) is not { } minimum)
        {
            return false;
        }

        var response = transaction.CreateResponse(422);
        response.Headers.Set(SipHeaderId.MinSE, ((int)minimum.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        transaction.Respond(response);
        return true;
    }

    private NotifierUsage Accept(ServerTransaction transaction, SipMessage response, SipUri contact, Func<DialogEntry, NotifierUsage> create)
    {
        HeaderCopies.Copy(transaction.Request, SipHeaderId.RecordRoute, response);
        response.Headers.Set(SipHeaderId.Contact, $"<{contact}>");
        var entry = _dialogs.GetValueOrDefault(DialogId.Of(transaction.Request)) ?? Enter(Dialog.FromRequest(transaction, $"<{contact}>"));
        var usage = create(entry);
        entry.Notifiers.Add(usage);
        transaction.Respond(response);
        return usage;
    }

    private void OnAck(SipMessage ack, SipFlow flow)
    {
        if (_dialogs.TryGetValue(DialogId.Of(ack), out var entry) && IsPeer(entry.Dialog, flow))
        {
            entry.Invite?.OnAck(ack);
        }
    }

    private void OnRequest(ServerTransaction transaction)
    {
        if (string.IsNullOrEmpty(transaction.Request.To!.Tag))
        {
            OnOutOfDialog(transaction);
        }
        else if (!_dialogs.TryGetValue(DialogId.Of(transaction.Request), out var entry))
        {
            OnUnknownDialog(transaction);
        }
        else if (!IsPeer(entry.Dialog, transaction.Flow))
        {
            // The answer is that for an unknown dialog: who guesses learns nothing.
            Statistics.WrongSource++;
            transaction.Respond(481);
        }
        else if (!entry.Dialog.CheckRemoteCSeq(transaction.Request))
        {
            Statistics.OutOfOrder++;
            transaction.Respond(500, "CSeq Out Of Order");
        }
        else
        {
            entry.Dialog.Flow = transaction.Flow;
            entry.Dialog.RefreshTarget(transaction.Request);
            OnInDialog(entry, transaction);
        }
    }

    /// <summary>The dialog proves who sends, but not to one who has read its tags elsewhere: the address must be the peer's too.</summary>
    private static bool IsPeer(Dialog dialog, SipFlow flow) => dialog.Flow.Remote.Address.Equals(flow.Remote.Address);

    private void OnOutOfDialog(ServerTransaction transaction)
    {
        var request = transaction.Request;
        var makesDialog = request.Method == SipMethod.Invite || request.Method == SipMethod.Subscribe;
        if (OutOfDialogRequest is null)
        {
            transaction.Respond(503);
        }
        else if (request.Method == SipMethod.Bye || request.Method == SipMethod.Notify || request.Method == SipMethod.Update)
        {
            Statistics.Unknown++;
            transaction.Respond(481);
        }
        else if (makesDialog && request.Contact is not { IsWildcard: false })
        {
            Statistics.Malformed++;
            transaction.Respond(400, "Missing Contact");
        }
        else if (makesDialog && _dialogs.Count >= _maximumDialogs)
        {
            Statistics.Refused++;
            transaction.Respond(503);
        }
        else if (request.Method != SipMethod.Invite || !RejectsSessionInterval(transaction))
        {
            OutOfDialogRequest(transaction);
        }
    }

    private void OnUnknownDialog(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Method == SipMethod.Notify
            && _unanswered.TryGetValue((request.CallId!.Value, request.To!.Tag!), out var usage)
            && usage.TryEstablish(transaction))
        {
            return;
        }

        Statistics.Unknown++;
        transaction.Respond(481);
    }

    private static void OnInDialog(DialogEntry entry, ServerTransaction transaction)
    {
        var request = transaction.Request;
        EventHeader? package = request.Event;
        if (request.Method == SipMethod.Notify)
        {
            OnNotify(entry, transaction);
        }
        else if (request.Method == SipMethod.Subscribe && package is not null && entry.FindNotifier(package) is { } notifier)
        {
            notifier.OnSubscribe(transaction);
        }
        else if (entry.Invite is { } invite)
        {
            invite.OnRequest(transaction);
        }
        else
        {
            transaction.Respond(481);
        }
    }

    private static void OnNotify(DialogEntry entry, ServerTransaction transaction)
    {
        if (transaction.Request.Event is { } package && entry.FindSubscriber(package) is { } subscriber)
        {
            subscriber.OnNotify(transaction);
        }
        else
        {
            transaction.Respond(481);
        }
    }
}
