using System.Text;
using System.Threading.Channels;
using OmaIm.Client.Messages;
using OmaIm.Client.Sessions;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Msrp;

namespace OmaIm.Client;

/// <summary>
/// A session with one other user (RFC 4975): what he says comes out of <see cref="Events"/>, what this user does are its methods, callable from
/// any thread. A lost connection is made anew, and messages that nobody has answered for go over the new one; a message whose sending failed
/// was not sent twice, and is not sent later.
/// </summary>
public sealed class ChatSession : IAsyncDisposable
{
    private readonly ImRuntime _runtime;
    private readonly SessionParts _parts;
    private readonly SessionConversation _conversation;
    private readonly BoundedEvents<SessionEvent> _events;
    private bool _isClosed;

    internal ChatSession(ImRuntime runtime, SessionParts parts, SipUri peer, SessionKind kind, MediaDirection direction, SessionOptions options)
    {
        _runtime = runtime;
        _parts = parts;
        Peer = peer.Aor;
        Kind = kind;
        Subject = options.Subject;
        _events = new BoundedEvents<SessionEvent>(options.EventCapacity, options.EventByteCapacity, SizeOf, count => new SessionEventsDropped(count));
        _conversation = new SessionConversation(runtime, parts, peer, kind, direction, options, _events.Write, End);
    }

    /// <summary>SIP URI of the other user.</summary>
    public string Peer { get; }

    public SessionKind Kind { get; }

    /// <summary>What it is about, as whoever invited has said; null for nothing.</summary>
    public string? Subject { get; }

    /// <summary>
    /// What happens, in order; it ends with <see cref="SessionEnded"/>. Bounded: a reader that is behind loses what comes then and finds
    /// <see cref="SessionEventsDropped"/> in its place.
    /// </summary>
    public ChannelReader<SessionEvent> Events => _events;

    /// <summary>Whether messages can leave at this moment; while a lost connection is made anew they wait.</summary>
    public bool IsConnected => !_isClosed && _conversation.IsConnected;

    /// <summary>Whether it has ended for good.</summary>
    public bool IsClosed => Volatile.Read(ref _isClosed);

    /// <summary>The present MSRP session, for programs that look closer; null while there is none. A recovery makes another one.</summary>
    public MsrpSession? Msrp => _conversation.Link.Leg?.Session;

    /// <summary>Says a text.</summary>
    public Task<SentMessage> SendAsync(string text, SendOptions? options = null, CancellationToken cancellationToken = default) =>
        SendAsync(MessageEnvelope.PlainText, Encoding.UTF8.GetBytes(text), options, cancellationToken);

    /// <summary>
    /// Sends content of any type, inside message/cpim where the other side takes that. It goes out in chunks, so that a large one does not hold
    /// up small ones behind it. Ends when the next hop has answered for all of it, or as <see cref="SendOptions.AwaitReport"/> says.
    /// </summary>
    /// <param name="contentType">MIME type with its parameters.</param>
    /// <param name="content">The content; it must not change until the task ends.</param>
    /// <param name="options">Receipts and reports; null for none.</param>
    /// <param name="cancellationToken">Stops sending: of a message that has begun, the other side is told to forget it (RFC 4975 section 7.1.1).</param>
    /// <exception cref="ImException">413 and 415 by the other side, 408 without an answer, 481 when the session ended.</exception>
    public Task<SentMessage> SendAsync(
        string contentType, ReadOnlyMemory<byte> content, SendOptions? options = null, CancellationToken cancellationToken = default) =>
        _runtime.InvokeAsync(() => _conversation.SendAsync(contentType, content, options ?? SendOptions.Default, cancellationToken));

    /// <summary>The user has pressed a key: the other side is told as often as RFC 3994 section 3.2 wants.</summary>
    public void Typed() => _runtime.Loop.Post(() => _conversation.Composing.OnTyping());

    /// <summary>The user has given up what he was writing.</summary>
    public void StoppedTyping() => _runtime.Loop.Post(_conversation.Composing.OnCleared);

    /// <summary>Tells the other side that a message of his was shown, if he asked to be told (RFC 5438 section 7.2.1).</summary>
    public Task MarkDisplayedAsync(ImMessage message, CancellationToken cancellationToken = default) =>
        _runtime.InvokeAsync(() => _conversation.SendReceiptAsync(message, ImdnStatus.Displayed, cancellationToken));

    /// <summary>Ends the session; <see cref="Events"/> ends at once, the task when the other side has answered.</summary>
    public Task CloseAsync(CancellationToken cancellationToken = default) => _runtime.InvokeAsync(() =>
    {
        End("closed", null);
        return _conversation.Link.CloseAsync();
    }).WaitAsync(cancellationToken);

    /// <summary>Ends the session, and waits for the other side's answer a moment only.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(ImClient.GoodbyeTime, _runtime.Time);
        try
        {
            await CloseAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The other side will notice by itself.
        }

        _conversation.Dispose();
    }

    internal SessionLink Link => _conversation.Link;

    /// <summary>Whether it has ended without either side having wanted it.</summary>
    internal bool IsLost { get; private set; }

    internal SealedMessage Seal(string contentType, ReadOnlyMemory<byte> content, SendOptions options) =>
        _conversation.Seal(contentType, content, options);

    internal Task<SentMessage> SendAsync(SealedMessage message, SendOptions options, CancellationToken cancellationToken) =>
        _conversation.SendAsync(message, options, cancellationToken);

    /// <summary>The link stands.</summary>
    internal void Start() => _conversation.Start();

    /// <summary>Another session takes the place of this one (RFC 3891 section 3).</summary>
    internal void Replace()
    {
        End("replaced by another session", null);
        _ = _conversation.Link.CloseAsync();
    }

    /// <summary>The other side has left it standing.</summary>
    internal void Abandon()
    {
        const string Words = "the other side says nothing more";
        End(Words, ImException.Unreachable(Words));
        _ = _conversation.Link.CloseAsync();
    }

    private void End(string reason, ImException? failure)
    {
        if (!_isClosed)
        {
            IsLost = failure is not null;
            Volatile.Write(ref _isClosed, true);
            _conversation.Stop(failure ?? ImException.SessionEnded("the session was closed"));
            _events.Complete(new SessionEnded(reason, failure));
            _parts.OnClosed(this);
        }
    }

    private static int SizeOf(SessionEvent sessionEvent) => sessionEvent is SessionMessage { Message: var message } ? message.Content.Length : 0;
}
