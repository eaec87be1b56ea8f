using OmaIm.Client.Rooms;
using OmaIm.Client.Signalling;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;

namespace OmaIm.Client;

/// <summary>
/// One account on one server: registers, joins rooms, is invited. Its methods may be called from any thread; what fails, fails with an
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

    private readonly ImRuntime _runtime;
    private readonly bool _ownsRuntime;
    private readonly UserAgent _agent;
    private readonly Registration _registration;
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
        _agent = new UserAgent(options, _runtime.StackTowardsAsync, OnInvite);
        _registration = new Registration(_agent, _runtime.Loop, options.RegistrationExpiry, OnRegistrationChanged);
    }

    /// <summary>
    /// Somebody invites this user into a room; answer by <see cref="Invitation.AcceptAsync"/> or <see cref="Invitation.Decline"/>. Needs a
    /// registration. Without a handler invitations are answered 480. Raised on a thread of the pool.
    /// </summary>
    public event Action<Invitation>? Invited;

    /// <summary>The registration came, went, or is being tried again (then with the reason). Raised on a thread of the pool.</summary>
    public event Action<RegistrationState, ImException?>? RegistrationChanged;

    /// <summary>This user's address, <c>sip:alice@localhost</c>.</summary>
    public string Address => _agent.Identity.Aor;

    public RegistrationState Registration => _registration.State;

    /// <summary>
    /// Registers (RFC 3261 section 10) and stays registered until <see cref="UnregisterAsync"/>. Needed to be invited, not to join a room.
    /// </summary>
    public Task RegisterAsync(CancellationToken cancellationToken = default) =>
        _runtime.InvokeAsync(() => _registration.RegisterAsync(cancellationToken));

    public Task UnregisterAsync(CancellationToken cancellationToken = default) =>
        _runtime.InvokeAsync(() => _registration.UnregisterAsync(cancellationToken));

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

    /// <summary>Leaves all rooms and unregisters, as far as the server answers soon.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        using var patience = new CancellationTokenSource(GoodbyeTime, _runtime.Time);
        try
        {
            var rooms = await _runtime.InvokeAsync(_rooms.ToArray).ConfigureAwait(false);
            await Task.WhenAll(rooms.Select(room => room.LeaveAsync(patience.Token))).ConfigureAwait(false);
            await UnregisterAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ImException or OperationCanceledException or ObjectDisposedException)
        {
            // The registration will expire by itself, and the rooms will notice.
        }

        _runtime.Loop.Post(_agent.Detach);
        if (_ownsRuntime)
        {
            await _runtime.DisposeAsync().ConfigureAwait(false);
        }
    }

    internal Task<RoomSession> AcceptAsync(Invitation invitation, ServerTransaction invite, JoinOptions? options, CancellationToken cancellationToken) =>
        KeepAsync(() => RoomSession.AcceptAsync(
            _runtime, _agent, SipUri.Parse(invitation.RoomUri), invite, options ?? new JoinOptions(), Forget, cancellationToken));

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
        if (Invited is not { } invited)
        {
            invite.Respond(480);
            return;
        }

        var invitation = new Invitation(this, _runtime, invite);
        ThreadPool.QueueUserWorkItem(_ => invited(invitation));
    }

    private void OnRegistrationChanged(RegistrationState state, ImException? failure)
    {
        if (RegistrationChanged is { } changed)
        {
            ThreadPool.QueueUserWorkItem(_ => changed(state, failure));
        }
    }

    private static SipUri ParseUri(string text, string parameter) => SipUri.TryParse(text, out var uri) && uri.IsSip
        ? uri
        : throw new ArgumentException($"{text} is not a SIP URI", parameter);
}
