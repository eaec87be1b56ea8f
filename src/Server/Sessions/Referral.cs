using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Sessions;

/// <summary>
/// A REFER from one side to the other (RFC 3515): its answer comes back, and so do the NOTIFYs that tell how it goes; towards the sender
/// the server is the notifier, towards the other side the subscriber.
/// </summary>
internal sealed class Referral : ISubscriberHandler, INotifierHandler
{
    /// <summary>REFERs of one side under way; more is a runaway client.</summary>
    private const int Maximum = 8;

    /// <summary>What a referred call may take: as long as anybody rings, three minutes (RFC 3261 section 16.6, timer C).</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(3);

    private readonly SessionServices _services;
    private readonly SessionLeg _sender;
    private readonly SessionLeg _receiver;
    private readonly ServerTransaction _refer;
    private readonly LoopTimer _lifetime;
    private SubscriberUsage? _subscriber;
    private NotifierUsage? _notifier;
    private (string? Type, ReadOnlyMemory<byte> Body) _last;

    private Referral(SessionServices services, SessionLeg sender, SessionLeg receiver, ServerTransaction refer)
    {
        _services = services;
        _sender = sender;
        _receiver = receiver;
        _refer = refer;
        _lifetime = services.Loop.CreateTimer(() => _subscriber!.Abandon());
    }

    public static void Pass(SessionServices services, SessionLeg sender, SessionLeg receiver, ServerTransaction refer)
    {
        if (sender.Referrals >= Maximum)
        {
            services.Refuse(refer, SessionRefusal.TooManyReferrals);
            return;
        }

        var dialog = receiver.Usage!.Dialog;
        var passed = dialog.CreateRequest(SipMethod.Refer);
        SessionHeaders.Pass(refer.Request, passed, sender.IsUnnamed);
        if (refer.Request.Headers.GetText(SipHeaderId.ContentType) is { } type)
        {
            passed.SetBody(type, refer.Request.Body);
        }

        sender.Referrals++;
        new Referral(services, sender, receiver, refer).Pass(passed, dialog);
    }

    public void OnAccepted(SubscriberUsage usage, SipMessage response) => Accept();

    public void OnNotify(SubscriberUsage usage, SipMessage notify)
    {
        Accept();
        _last = (notify.Headers.GetText(SipHeaderId.ContentType), notify.Body);
        if (_notifier is not { IsTerminated: false } notifier)
        {
            return;
        }

        if (string.Equals(notify.SubscriptionState!.State, "terminated", StringComparison.OrdinalIgnoreCase))
        {
            notifier.Terminate(notify.SubscriptionState.Reason ?? "noresource", _last.Type, _last.Body);
        }
        else
        {
            notifier.Notify(_last.Type, _last.Body);
        }
    }

    public void OnTerminated(SubscriberUsage usage, string? reason, SipMessage? response)
    {
        _lifetime.Cancel();
        _sender.Referrals--;
        if (!_refer.IsAnswered)
        {
            // No subscription (RFC 4488), or a refusal, or nothing at all.
            (SipHeaderId, string)[] noSubscription = response is { ReferSub.Value: false } ? [(SipHeaderId.ReferSub, "false")] : [];
            var isOurs = response is null || Answers.IsForServer(response.StatusCode);
            _refer.Respond(isOurs ? Answers.InSession : response!.StatusCode, isOurs ? null : response!.ReasonPhrase, [.. noSubscription]);
        }

        if (_notifier is { IsTerminated: false } notifier)
        {
            notifier.Terminate(reason is { Length: > 0 } ? reason : "noresource");
        }
    }

    public void OnRefreshed(NotifierUsage usage, SipMessage subscribe) => usage.Notify(_last.Type, _last.Body);

    public void OnTerminated(NotifierUsage usage, DialogEnd reason) => _notifier = null;

    /// <remarks>Nothing obliges the other side to say how it went, and as long as it may, both dialogs are kept, the session's end or not.</remarks>
    private void Pass(SipMessage passed, Dialog dialog)
    {
        _lifetime.Restart(Lifetime);
        _subscriber = _services.Dialogs.Subscribe(passed, dialog, this);
    }

    private void Accept()
    {
        if (!_refer.IsAnswered)
        {
            _notifier = _services.Dialogs.AcceptRefer(_refer, this, SipUri.Parse(_receiver.Shown), Lifetime);
        }
    }
}
