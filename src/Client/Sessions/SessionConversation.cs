using OmaIm.Client.Composing;
using OmaIm.Client.Messages;
using OmaIm.Client.Pager;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.IsComposing;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Msrp.Headers;
using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using OmaIm.Stack.Msrp;

namespace OmaIm.Client.Sessions;

/// <summary>
/// The inside of a <see cref="ChatSession"/>: messages in and out over whatever connection there is, and another connection when it is lost.
/// Lives on the control loop.
/// </summary>
internal sealed class SessionConversation : IMsrpLegOwner, IDisposable
{
    /// <summary>Who called makes the next connection; the other side does when nothing has happened by then, so that two offers rarely cross.</summary>
    private static readonly TimeSpan CallerWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan CalleeWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    /// <summary>Attempts, over some 15 to 30 s: a session whose other side is away for longer is better begun anew.</summary>
    private const int Attempts = 6;

    /// <summary>Who ends a session closes its connection as well: a BYE that is on its way counts more than the closing.</summary>
    private static readonly TimeSpan ByeGrace = TimeSpan.FromMilliseconds(100);

    private readonly ImRuntime _runtime;
    private readonly SessionParts _parts;
    private readonly SipUri _peer;
    private readonly SessionOptions _options;
    private readonly SessionKind _kind;
    private readonly Func<SessionEvent, bool> _publish;
    private readonly Action<string, ImException?> _onEnded;
    private readonly SessionOutbox _outbox;
    private readonly ComposingReceiver _watch;
    private readonly SeenMessages _seen = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stopped;
    private long? _lostAt;
    private string? _untold;

    public SessionConversation(
        ImRuntime runtime,
        SessionParts parts,
        SipUri peer,
        SessionKind kind,
        MediaDirection direction,
        SessionOptions options,
        Func<SessionEvent, bool> publish,
        Action<string, ImException?> onEnded)
    {
        _runtime = runtime;
        _parts = parts;
        _peer = peer;
        _kind = kind;
        _options = options;
        _publish = publish;
        _onEnded = onEnded;
        _stopped = _stopping.Token;
        _outbox = new SessionOutbox(runtime.Loop)
        {
            FailedLater = OnFailedLater,
        };
        Composing = new ComposingSender(runtime.Loop, new ComposingOptions(), SendComposing);
        _watch = new ComposingReceiver(runtime.Loop, new ComposingOptions(), state => publish(new PeerComposing(state == ComposingState.Active)));
        Link = new SessionLink(runtime, parts.Agent, Profile(direction), this, onEnded) { Replaced = OnReplaced };
    }

    public SessionLink Link { get; }

    public ComposingSender Composing { get; }

    public bool IsConnected => _outbox.IsAttached;

    /// <summary>The link stands: messages may flow.</summary>
    public void Start() => _outbox.Attach(Link.Leg!);

    public void Stop(ImException reason)
    {
        _stopping.Cancel();
        _outbox.End(reason);
        Composing.Stop();
        _watch.Stop();
    }

    public async Task<SentMessage> SendAsync(string contentType, ReadOnlyMemory<byte> content, SendOptions options, CancellationToken cancellationToken)
    {
        return await SendAsync(Seal(contentType, content, options), options, cancellationToken);
    }

    /// <summary>Sends a message that is sealed already, perhaps for another session that has broken.</summary>
    public async Task<SentMessage> SendAsync(SealedMessage message, SendOptions options, CancellationToken cancellationToken)
    {
        var began = _runtime.Time.GetTimestamp();
        if (Link.Remote!.MaxSize is { } maximum && message.Body.Length > maximum)
        {
            throw ImException.FromMsrp(413);
        }

        if (!Link.Remote.Accepts(message.ContentType))
        {
            throw ImException.FromMsrp(415);
        }

        Composing.OnMessageSent();
        var report = new ReportWish(options.AwaitReport || _kind == SessionKind.LargeMessage, options.AwaitReport, options.ReportTime);
        var isReported = await _outbox.SendAsync(message, report, Link.ResumesAt, cancellationToken);
        var mode = _kind == SessionKind.LargeMessage ? MessageMode.Large : MessageMode.Session;
        return new SentMessage(message.Name, mode, IsStored: false, isReported, _runtime.Time.GetElapsedTime(began));
    }

    /// <summary>Sends a receipt in the session, or in pager mode when the session is over (RFC 5438 section 8).</summary>
    public async Task SendReceiptAsync(ImMessage message, ImdnStatus status, CancellationToken cancellationToken)
    {
        if (ReceiptSender.About(message, status, _parts.Agent.Identity.Aor) is not { } imdn)
        {
            return;
        }

        if (_stopped.IsCancellationRequested || _kind != SessionKind.Chat)
        {
            await _parts.Receipts.SendAsync(message, status, cancellationToken);
            return;
        }

        await _outbox.SendAsync(Seal(ImdnDocument.ContentType, imdn.ToBytes(), SendOptions.Default), ReportWish.None, start: 0, cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    public void OnMessage(MsrpLeg leg, AssembledMessage message, ReportsWanted wanted) => _ = TakeAsync(leg, message, wanted);

    public void OnReport(ulong messageId, ByteRange range, int status) => _outbox.OnReport(messageId, range, status);

    public void OnLost(MsrpLeg leg, string reason)
    {
        if (_lostAt is not null || _stopped.IsCancellationRequested || (Link.Leg is { } present && present != leg && present.Session.Connection is not null))
        {
            return;
        }

        _outbox.Detach();
        _lostAt = _runtime.Time.GetTimestamp();
        if (!_options.Recover)
        {
            _ = AbandonAsync(ImException.Unreachable(reason));
            return;
        }

        _untold = reason;
        _runtime.Loop.Schedule(ByeGrace, TellInterruption);
        _ = RecoverAsync();
    }

    private void TellInterruption()
    {
        if (_untold is { } reason && !_stopped.IsCancellationRequested)
        {
            _untold = null;
            _publish(new SessionInterrupted(reason));
        }
    }

    private void OnReplaced(MsrpLeg leg)
    {
        _outbox.Detach();
        _outbox.Attach(leg);
        if (_lostAt is { } lostAt)
        {
            _lostAt = null;
            TellInterruption();
            _publish(new SessionResumed(_runtime.Time.GetElapsedTime(lostAt)));
        }
    }

    private async Task RecoverAsync()
    {
        var backOff = new BackOff(Link.IsCaller ? CallerWait : CalleeWait, LongestWait);
        ImException? last = null;
        try
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                await _runtime.DelayAsync(backOff.Next(), _stopped);
                await Link.ReachableAsync(_stopped);
                if (_lostAt is null)
                {
                    return; // the other side was faster
                }

                try
                {
                    await Link.RecoverAsync(_stopped);
                    return;
                }
                catch (ImException failure)
                {
                    last = failure;
                }
            }

            await AbandonAsync(last!);
        }
        catch (OperationCanceledException)
        {
            // The session has ended meanwhile.
        }
        catch (Exception failure)
        {
            await AbandonAsync(ImException.Of(failure)); // nobody else would end it, and what waits to be sent would wait for ever
        }
    }

    private async Task AbandonAsync(ImException failure)
    {
        _onEnded("the connection was lost: " + failure.Phrase, failure);
        await Link.CloseAsync();
    }

    private async Task TakeAsync(MsrpLeg leg, AssembledMessage assembled, ReportsWanted wanted)
    {
        var outer = new ImMessage
        {
            From = _peer.Aor,
            To = _parts.Agent.Identity.Aor,
            Mode = _kind == SessionKind.LargeMessage ? MessageMode.Large : MessageMode.Session,
            ContentType = assembled.ContentType,
            Content = assembled.Body,
        };

        var rejection = MsrpRejection.CpimMalformed;
        if (MessageEnvelope.TryOpen(outer, out var message))
        {
            // RFC 4975 section 5.4: duplicates are acknowledged as if they were none.
            var keeping = await SeenBefore(assembled.MessageId).TakeOnceAsync(_peer.Aor, assembled.MessageId, async () =>
                await TryTakeAsync(message) ? Keeping.New : Keeping.Failed);
            rejection = keeping == Keeping.Failed ? MsrpRejection.StoppedMessage : MsrpRejection.None;
        }

        if (rejection == MsrpRejection.None ? wanted.OfSuccess : wanted.OfFailure)
        {
            (Link.Leg ?? leg).Report(assembled.MessageId, assembled.Body.Length, rejection);
        }
    }

    /// <summary>A session knows its own messages; one that goes on with a large message of another session, that one's as well.</summary>
    private SeenMessages SeenBefore(string messageId)
    {
        if (_kind != SessionKind.LargeMessage)
        {
            return _seen;
        }

        if (messageId != Link.Resumes)
        {
            _parts.Partials.Seen.Forget(_peer.Aor, messageId); // a Message-ID is its session's only, unless the sender says otherwise
        }

        return _parts.Partials.Seen;
    }

    private void OnFailedLater(string name, int status)
    {
        _publish(new MessageFailed(name, ImException.FromMsrp(status)));
        _parts.OnFailed(name);
    }

    /// <summary>False when the message could be neither kept nor shown, so that nobody may be told that it has arrived.</summary>
    private async Task<bool> TryTakeAsync(ImMessage message)
    {
        if (_kind == SessionKind.LargeMessage)
        {
            return await _parts.Inbox.TakeAsync(message);
        }

        if (message.ContentType.StartsWith(IsComposingDocument.ContentType, StringComparison.OrdinalIgnoreCase))
        {
            if (IsComposingDocument.TryParse(message.Content, out var composing))
            {
                _watch.OnDocument(composing);
            }

            return true;
        }

        if (Inbox.TryReadReceipts(message, out var receipts))
        {
            return receipts.TrueForAll(receipt => _publish(new SessionReceipt(receipt)));
        }

        var keeping = await _parts.Inbox.KeepAsync(message, () => TryShow(message));
        if (keeping == Keeping.New && !TryShow(message))
        {
            _parts.Inbox.Forget(message);
            return false;
        }

        return keeping != Keeping.Failed;
    }

    /// <summary>False when there is no room for a message that nobody has kept.</summary>
    private bool TryShow(ImMessage message)
    {
        _watch.OnMessage();
        if (!_publish(new SessionMessage(message)) && !_parts.Inbox.Keeps)
        {
            return false;
        }

        _ = ReceiptAsync(message);
        return true;
    }

    private async Task ReceiptAsync(ImMessage message)
    {
        try
        {
            if (_parts.Options.SendDeliveryReceipts)
            {
                await SendReceiptAsync(message, ImdnStatus.Delivered, _stopped);
            }
        }
        catch (Exception failure) when (failure is ImException or OperationCanceledException)
        {
            // The sender is gone, or takes no receipts. The message is here all the same.
        }
    }

    private void SendComposing(IsComposingDocument document)
    {
        if (Link.Leg is { } leg && _outbox.IsAttached && Link.Remote is { } remote)
        {
            var (type, body) = remote.Accepts(IsComposingDocument.ContentType)
                ? (IsComposingDocument.ContentType, document.ToBytes())
                : Seal(IsComposingDocument.ContentType, document.ToBytes(), RandomToken.Create(), SendOptions.Default);
            leg.Session.Send(new OutgoingMessage(type, body) { FailureReport = FailureReport.No });
        }
    }

    /// <summary>Makes a message ready to be sent.</summary>
    /// <exception cref="ImException">415: the other side takes nothing of the kind.</exception>
    public SealedMessage Seal(string contentType, ReadOnlyMemory<byte> content, SendOptions options)
    {
        var name = options.MessageId ?? RandomToken.Create();
        var (type, body) = Seal(contentType, content, name, options);
        return new SealedMessage(_runtime.MessageIds.Next(stackalloc byte[TransactionIds.Length]), name, type, body);
    }

    /// <summary>Puts the CPIM wrapper on, where the other side takes it.</summary>
    private (string ContentType, ReadOnlyMemory<byte> Body) Seal(string contentType, ReadOnlyMemory<byte> content, string name, SendOptions options)
    {
        var remote = Link.Remote!;
        if (remote.Accepts(MessageEnvelope.Cpim) && remote.AcceptsWrapped(contentType))
        {
            var agent = _parts.Agent;
            return (MessageEnvelope.Cpim, MessageEnvelope.Wrap(
                agent.Identity, agent.DisplayName, _peer, _runtime.Time.GetUtcNow(), contentType, content, name, options));
        }

        return remote.Accepts(contentType) ? (contentType, content) : throw ImException.FromMsrp(415);
    }

    private SessionProfile Profile(MediaDirection direction) => new()
    {
        AcceptTypes = _options.AcceptTypes.Contains(MessageEnvelope.Cpim) ? _options.AcceptTypes : [MessageEnvelope.Cpim, .. _options.AcceptTypes],
        AcceptWrappedTypes = _options.AcceptTypes,
        MaximumMessageSize = _parts.Options.MaximumMessageSize,
        Listens = _options.ConnectMedia ? _parts.Options.ListenForMsrp : false,
        Connects = _options.ConnectMedia,
        Direction = direction,
        SignallingTime = _parts.Options.SignallingRecoveryTime,
        Partials = _kind == SessionKind.LargeMessage ? _parts.Partials : null,
    };
}
