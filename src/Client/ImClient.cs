using System.Text;
using Microsoft.Extensions.Logging;
using OmaIm.Client.Files;
using OmaIm.Client.Messages;
using OmaIm.Client.Pager;
using OmaIm.Client.Rooms;
using OmaIm.Client.Sessions;
using OmaIm.Client.Signalling;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;

namespace OmaIm.Client;

/// <summary>
/// One account on one server: registers, sends and receives messages, joins rooms, is invited. Its methods may be called from any thread; what fails, fails with an
/// <see cref="ImException"/>; what is cancelled ends with <see cref="OperationCanceledException"/>.
/// </summary>
/// <example>
/// <code>
/// await using var client = new ImClient(new ImClientOptions { User = "alice", Password = "alice-secret" });
/// await using var room = await client.JoinAsync("sip:lobby@rooms.localhost");
/// await room.SendAsync("Hello!");
/// await foreach (var roomEvent in room.Events.ReadAllAsync())
/// {
///     if (roomEvent is MessageReceived message) Console.WriteLine($"{message.FromName}: {message.Text}");
/// }
/// </code>
/// </example>
public sealed class ImClient : IAsyncDisposable
{
    /// <summary>How long saying goodbye may take when the client is disposed.</summary>
    internal static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(2);

    /// <summary>Calls of handlers that may wait: a second's worth of a busy line. What comes then is answered 480.</summary>
    private const int HandlerCapacity = 1000;

    /// <summary>Bytes of messages that may wait with them. 64 MiB, as many as a session's events: a thousand large ones would fill the memory.</summary>
    private const long HandlerByteCapacity = 64 * 1024 * 1024;

    private readonly ImRuntime _runtime;
    private readonly bool _ownsRuntime;
    private readonly UserAgent _agent;
    private readonly Registration _registration;
    private readonly HandlerQueue _handlers;

    /// <summary>Of its own, so that a handler that takes its time over a message holds up no word of the registration.</summary>
    private readonly HandlerQueue _notices;
    private readonly Inbox _inbox;
    private readonly PagerSender _pager;
    private readonly ReceiptSender _receipts;
    private readonly SessionTable _sessions;
    private readonly FileTransferOptions _files;
    private readonly HashSet<RoomSession> _rooms = [];
    private bool _isDisposed;

    /// <exception cref="ArgumentException"><see cref="ImClientOptions.FindProblem"/> finds one.</exception>
    public ImClient(ImClientOptions options)
    {
        if (options.FindProblem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(options));
        }

        _ownsRuntime = options.Runtime is null;
        _runtime = options.Runtime ?? ImRuntime.Start();
        var logger = _runtime.Loggers.CreateLogger<ImClient>();
        _handlers = new HandlerQueue(HandlerCapacity, HandlerByteCapacity, logger);
        _notices = new HandlerQueue(HandlerCapacity, HandlerByteCapacity, logger);
        _inbox = new Inbox(options, _handlers, _runtime.Loop)
        {
            MessageHandler = () => MessageReceived,
            ReceiptHandler = () => ReceiptReceived,
            Kept = message => _receipts!.OnReceived(message),
        };
        _agent = new UserAgent(options, _runtime.StackTowardsAsync, OnInvite, new PagerReceiver(_inbox).OnMessage);
        _pager = new PagerSender(_agent, _runtime.Time, options.PagerMaximumSize);
        _receipts = new ReceiptSender(_agent, _pager, _runtime.Time, options.SendDeliveryReceipts);
        _files = options.Files;
        var parts = new SessionParts(
            _agent, options, _inbox, _receipts, new PartialMessages(_runtime, options.PartialMessages),
            OnClosed: session => _sessions!.Forget(session),
            OnFailed: messageId => MessageFailed?.Invoke(messageId));
        _sessions = new SessionTable(_runtime, parts, _handlers)
        {
            Handler = () => SessionInvited,
        };
        _registration = new Registration(_agent, _runtime.Loop, options.RegistrationExpiry, OnRegistrationChanged);
    }

    /// <summary>
    /// Somebody invites this user into a room; answer by <see cref="Invitation.AcceptAsync"/> or <see cref="Invitation.Decline"/>. Needs a
    /// registration. Without a handler invitations are answered 480. One call at a time, on a thread of the pool.
    /// </summary>
    public event Action<Invitation>? Invited;

    /// <summary>
    /// A message to this user, in pager or large message mode; it has been kept by <see cref="ImClientOptions.BeforeAcknowledging"/>. Needs a
    /// registration. Without a handler, and without that option, messages are answered 480. One call at a time, on a thread of the pool.
    /// </summary>
    public event Action<ImMessage>? MessageReceived;

    /// <summary>What became of a message that asked for receipts. One call at a time, on a thread of the pool.</summary>
    public event Action<Receipt>? ReceiptReceived;

    /// <summary>
    /// Another user invites this one to a session; answer by <see cref="SessionInvitation.AcceptAsync"/> or <see cref="SessionInvitation.Decline"/>.
    /// Needs a registration. Without a handler invitations are answered 480. Large messages come by <see cref="MessageReceived"/>, unless
    /// <see cref="ImClientOptions.AskForLargeMessages"/> is on. One call at a time, on a thread of the pool.
    /// </summary>
    public event Action<SessionInvitation>? SessionInvited;

    /// <summary>
    /// Somebody offers a file, or asks for one (RFC 5547). Needs a registration. Without a handler offers are answered 480. One call at a time, on a
    /// thread of the pool.
    /// </summary>
    public event Action<FileOffer>? FileOffered;

    /// <summary>The registration came, went, or is being tried again (then with the reason). One call at a time, on a thread of the pool.</summary>
    public event Action<RegistrationState, ImException?>? RegistrationChanged;

    /// <summary>This user's address, <c>sip:alice@localhost</c>.</summary>
    public string Address => _agent.Identity.Aor;

    public RegistrationState Registration => _registration.State;

    /// <summary>Handlers of the program that have thrown. The log says what; it is taken for handled.</summary>
    public long HandlerFaults => _handlers.Faults + _notices.Faults;

    /// <summary>
    /// Registers (RFC 3261 section 10) and stays registered until <see cref="UnregisterAsync"/>. Needed to be invited, not to join a room.
    /// </summary>
    public Task RegisterAsync(CancellationToken cancellationToken = default) =>
        _runtime.InvokeAsync(() => _registration.RegisterAsync(cancellationToken));

    public Task UnregisterAsync(CancellationToken cancellationToken = default) =>
        _runtime.InvokeAsync(() => _registration.UnregisterAsync(cancellationToken));

    /// <summary>Sends a text to a user, a group or a list of users.</summary>
    public Task<SentMessage> SendAsync(string to, string text, SendOptions? options = null, CancellationToken cancellationToken = default) =>
        SendAsync(to, MessageEnvelope.PlainText, Encoding.UTF8.GetBytes(text), options, cancellationToken);

    /// <summary>
    /// Sends content of any type: in pager mode, or, when it is too large for that, in large message mode. A large message whose session breaks
    /// goes on in another one, <see cref="ImClientOptions.LargeMessageAttempts"/> of them in all.
    /// </summary>
    /// <param name="to">SIP URI of the receiver.</param>
    /// <param name="contentType">MIME type with its parameters.</param>
    /// <param name="content">The content; it must not change until the task ends.</param>
    /// <param name="options">Receipts, lifetime, subject; null for none.</param>
    /// <param name="cancellationToken">Ends the waiting. A message that has left may arrive all the same.</param>
    /// <exception cref="ImException">404 nobody of that name, 480 not there, 403 not allowed, 413 too large, 408 and 503 no answer.</exception>
    public Task<SentMessage> SendAsync(
        string to, string contentType, ReadOnlyMemory<byte> content, SendOptions? options = null, CancellationToken cancellationToken = default)
    {
        var target = ParseUri(to, nameof(to));
        var chosen = options ?? SendOptions.Default;
        return _runtime.InvokeAsync(async () =>
            await _pager.TrySendAsync(target, contentType, content, chosen, cancellationToken)
            ?? await _sessions.SendLargeAsync(target, contentType, content, chosen, cancellationToken));
    }

    /// <summary>Invites a user to a session. The result is complete: the other side has accepted, and the connection stands.</summary>
    /// <param name="peer">SIP URI of the user.</param>
    /// <param name="options">How to be there; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the invitation.</param>
    /// <exception cref="ImException">480 not there, 486 and 603 declined, 404 nobody of that name, 488 no common ground, unreachable.</exception>
    public Task<ChatSession> OpenSessionAsync(string peer, SessionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var target = ParseUri(peer, nameof(peer));
        return _runtime.InvokeAsync(() => _sessions.InviteAsync(target, options ?? new SessionOptions(), cancellationToken));
    }

    /// <summary>Sends a file (RFC 5547). Ends when the receiver has all of it and has checked it.</summary>
    /// <exception cref="ImException">Declined, not there, broken off.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public Task SendFileAsync(string to, FileToSend file, IProgress<FileProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new FileTransfers(_runtime, _agent, _files).PushAsync(ParseUri(to, nameof(to)), file, progress, cancellationToken);

    /// <summary>Fetches a file that the other side has (RFC 5547), into a directory; goes on with what an earlier transfer has left, where the hash is known.</summary>
    /// <param name="from">SIP URI of who has it.</param>
    /// <param name="selector">As much as finds it.</param>
    /// <param name="directory">Where it goes, under its safe name.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The path of the file, whole and checked.</returns>
    /// <exception cref="ImException">Refused, broken off, or not the file that was asked for.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public Task<string> FetchFileAsync(
        string from, FileSelector selector, string directory, IProgress<FileProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new FileTransfers(_runtime, _agent, _files).FetchAsync(ParseUri(from, nameof(from)), selector, directory, progress, cancellationToken);

    /// <summary>Tells the sender that his message was shown, if he asked to be told (RFC 5438 section 7.2.1); otherwise does nothing.</summary>
    public Task MarkDisplayedAsync(ImMessage message, CancellationToken cancellationToken = default) =>
        _runtime.InvokeAsync(() => _receipts.SendAsync(message, ImdnStatus.Displayed, cancellationToken));

    /// <summary>Joins a room. The result is complete: the connection stands, the nickname is set, the roster is there.</summary>
    /// <param name="roomUri">For instance <c>sip:lobby@rooms.localhost</c>.</param>
    /// <param name="options">How to be there; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up joining.</param>
    /// <exception cref="ImException">Not found, forbidden, unreachable, authentication refused, nickname taken.</exception>
    public Task<RoomSession> JoinAsync(string roomUri, JoinOptions? options = null, CancellationToken cancellationToken = default) =>
        JoinAsync(ParseUri(roomUri, nameof(roomUri)), RoomInvitees.None, options, cancellationToken);

    /// <summary>Creates a room at the conference factory of the domain (RFC 4579 section 5.4), joins it, and has it invite others (RFC 5366).</summary>
    /// <param name="invitees">SIP URIs; may be empty.</param>
    /// <param name="options">How to be there; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<RoomSession> CreateRoomAsync(
        IEnumerable<string> invitees,
        JoinOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        string[] uris = [.. invitees.Select(uri => ParseUri(uri, nameof(invitees)).ToString())];
        var factory = SipUri.Create("conference-factory", _agent.Domain.Host);
        return JoinAsync(factory, new RoomInvitees(uris), options, cancellationToken);
    }

    /// <summary>Leaves all rooms and sessions, and then unregisters, as far as the other sides answer soon: each takes 2 s at most.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await SayGoodbyeAsync(LeaveAllAsync).ConfigureAwait(false);
        await SayGoodbyeAsync(UnregisterAsync).ConfigureAwait(false);
        _runtime.Loop.Post(_registration.Stop);
        _runtime.Loop.Post(_agent.Detach);
        if (_ownsRuntime)
        {
            await _runtime.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A message of a session failed behind the answer of a hop; its imdn.Message-ID. On the control loop.</summary>
    internal event Action<string>? MessageFailed;

    internal ImRuntime Runtime => _runtime;

    /// <summary>Brings a receipt to the sender of a message; on the control loop.</summary>
    internal Task SendReceiptAsync(string to, ImdnDocument receipt, IReadOnlyList<string> routes, CancellationToken cancellationToken) =>
        _receipts.SendAsync(ParseUri(to, nameof(to)), receipt, routes, cancellationToken);

    private async Task LeaveAllAsync(CancellationToken cancellationToken)
    {
        var rooms = await _runtime.InvokeAsync(_rooms.ToArray).ConfigureAwait(false);
        var sessions = await _runtime.InvokeAsync(_sessions.ToArray).ConfigureAwait(false);
        await Task.WhenAll(
            [.. sessions.Select(session => session.CloseAsync(cancellationToken)), .. rooms.Select(room => room.LeaveAsync(cancellationToken))]).ConfigureAwait(false);
    }

    /// <summary>One part of the goodbye, which keeps no other from being said.</summary>
    private async Task SayGoodbyeAsync(Func<CancellationToken, Task> say)
    {
        using var patience = new CancellationTokenSource(GoodbyeTime, _runtime.Time);
        try
        {
            await say(patience.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ImException or OperationCanceledException or ObjectDisposedException)
        {
            // The registration will expire by itself, and the rooms and sessions will notice.
        }
    }

    internal Task<RoomSession> AcceptAsync(
        Invitation invitation, ServerTransaction invite, JoinOptions? options, CancellationToken cancellationToken) =>
        KeepAsync(async () =>
        {
            var room = await RoomSession.AcceptAsync(
                _runtime, _agent, SipUri.Parse(invitation.RoomUri), invite, options ?? new JoinOptions(), Forget, cancellationToken);
            invitation.Replaced?.Replace();
            return room;
        });

    private Task<RoomSession> JoinAsync(SipUri room, RoomInvitees invitees, JoinOptions? options, CancellationToken cancellationToken) =>
        KeepAsync(() => RoomSession.JoinAsync(
            _runtime, _agent, room, invitees, options ?? new JoinOptions(), Forget, cancellationToken));

    private Task<RoomSession> KeepAsync(Func<Task<RoomSession>> join)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _runtime.InvokeAsync(async () =>
        {
            var room = await join();
            if (!room.IsClosed)
            {
                _rooms.Add(room);
            }

            return room;
        });
    }

    private void Forget(RoomSession room) => _rooms.Remove(room);

    private void OnInvite(ServerTransaction invite)
    {
        if (!_sessions.TryFindReplaced(invite, out var replaced))
        {
            return;
        }

        if (FileOffer.Read(_runtime, _agent, _files, invite) is { } file)
        {
            OnFile(invite, file);
            return;
        }

        if (!SessionOffer.IsOfRoom(invite.Request))
        {
            _sessions.OnInvite(invite, replaced);
            return;
        }

        var invitation = new Invitation(this, _runtime, invite, replaced);
        if (Invited is not { } invited || !_notices.TryRun(() => invited(invitation)))
        {
            invite.Respond(480);
        }
    }

    private void OnFile(ServerTransaction invite, FileOffer file)
    {
        if (FileOffered is { } offered && _handlers.TryRun(() => offered(file)))
        {
            invite.Respond(180);
        }
        else
        {
            invite.Respond(480);
        }
    }

    private void OnRegistrationChanged(RegistrationState state, ImException? failure)
    {
        if (RegistrationChanged is { } changed)
        {
            _notices.TryRun(() => changed(state, failure));
        }
    }

    private static SipUri ParseUri(string text, string parameter) => SipUri.TryParse(text, out var uri) && uri.IsSip
        ? uri
        : throw new ArgumentException($"{text} is not a SIP URI", parameter);
}
