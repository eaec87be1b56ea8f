using System.Text;
using System.Threading.Channels;
using OmaIm.Client.Rooms;
using OmaIm.Client.Signalling;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Transactions;

namespace OmaIm.Client;

/// <summary>
/// Being in a chat room (RFC 7701): what is said and what happens comes out of <see cref="Events"/>; what the user does are its methods,
/// callable from any thread. Every failure is an <see cref="ImException"/>. A lost connection is made anew by itself, unless
/// <see cref="JoinOptions.AutoRejoin"/> is off; while it is lost, methods fail with <see cref="ImFailure.Unreachable"/>.
/// </summary>
public sealed class RoomSession : IAsyncDisposable
{
    /// <summary>The first and the longest wait between attempts to come back.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly ImRuntime _runtime;
    private readonly UserAgent _agent;
    private readonly JoinOptions _options;
    private readonly EventQueue _events;
    private readonly Roster _roster;
    private readonly IncomingMessages _incoming;
    private readonly CancellationTokenSource _ending = new();
    private readonly Action<RoomSession> _onClosed;
    private RosterSubscription? _subscription;
    private RoomLeg? _leg;

    /// <summary>The stay that is being made: nobody sees it yet, but it may be lost or left like another one.</summary>
    private RoomLeg? _coming;

    /// <summary>The last stay that could not be made: the room may have ended it for good.</summary>
    private RoomLeg? _failed;

    private SipUri _room;
    private string? _nickname;
    private bool _isClosed;

    private RoomSession(ImRuntime runtime, UserAgent agent, SipUri room, JoinOptions options, Action<RoomSession> onClosed)
    {
        _runtime = runtime;
        _agent = agent;
        _room = room;
        _options = options;
        _nickname = options.Nickname;
        _onClosed = onClosed;
        _events = new EventQueue(options.EventCapacity, options.EventByteCapacity);
        _roster = new Roster(agent.Identity);
        _incoming = new IncomingMessages(agent.Identity, _roster, _events);
    }

    /// <summary>The room's address, e.g. <c>sip:lobby@rooms.localhost</c>.</summary>
    public string RoomUri => Volatile.Read(ref _room).ToString();

    /// <summary>
    /// What happens, in order; it ends with <see cref="Closed"/>. Bounded: a reader that is behind by <see cref="JoinOptions.EventCapacity"/>
    /// loses what comes then and finds <see cref="EventsDropped"/> in its place. The room never waits for a reader.
    /// </summary>
    public ChannelReader<RoomEvent> Events => _events;

    /// <summary>Who is in the room, as last told by the focus; empty with <see cref="JoinOptions.SubscribeRoster"/> off.</summary>
    public IReadOnlyList<Participant> Roster => _roster.Participants;

    /// <summary>This user as the room sees him.</summary>
    public Participant Self =>
        Roster.FirstOrDefault(participant => participant.IsSelf) ?? new Participant(_agent.Identity.Aor, _nickname, [], IsSelf: true);

    /// <summary>Whether the room is joined at this moment.</summary>
    public bool IsConnected => Volatile.Read(ref _leg) is not null;

    /// <summary>The MSRP session of the present stay, for programs that send by themselves; null while there is none.</summary>
    public MsrpSession? Msrp => Volatile.Read(ref _leg)?.Messages?.Session;

    /// <summary>Says a text to the room.</summary>
    public Task<SendResult> SendAsync(string text, CancellationToken cancellationToken = default) =>
        SendAsync("text/plain;charset=UTF-8", Encoding.UTF8.GetBytes(text), cancellationToken);

    /// <summary>Sends any content to the room. It goes out in chunks, so that a large one does not hold up small ones behind it.</summary>
    /// <param name="contentType">MIME type with its parameters.</param>
    /// <param name="content">The content; it must not change until the task ends.</param>
    /// <param name="cancellationToken">Stops sending: of a message that has begun, the room is told to forget it (RFC 4975 section 7.1.1).</param>
    /// <exception cref="ImException">403, 413 and others by the room, 408 without an answer, 481 when the session ended.</exception>
    public async Task<SendResult> SendAsync(string contentType, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        await Messages.SendAsync(RoomUri, contentType, content, cancellationToken).ConfigureAwait(false);

    /// <summary>Says a text to one participant alone (RFC 7701 section 6.2).</summary>
    /// <exception cref="ImException">404 when he is not there, 428 when his client takes no private messages.</exception>
    public Task<SendResult> SendPrivateAsync(string participantUri, string text, CancellationToken cancellationToken = default) =>
        SendPrivateAsync(participantUri, "text/plain;charset=UTF-8", Encoding.UTF8.GetBytes(text), cancellationToken);

    /// <inheritdoc cref="SendPrivateAsync(string, string, CancellationToken)"/>
    public async Task<SendResult> SendPrivateAsync(
        string participantUri,
        string contentType,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken = default) =>
        await Messages.SendAsync(participantUri, contentType, content, cancellationToken).ConfigureAwait(false);

    /// <summary>Takes a nickname, or gives it up by an empty one (RFC 7701 section 7). It is taken again after a re-join.</summary>
    /// <exception cref="ImException"><see cref="ImFailure.NicknameTaken"/>; 424 for what is no nickname.</exception>
    public async Task SetNicknameAsync(string nickname, CancellationToken cancellationToken = default)
    {
        await Messages.SetNicknameAsync(nickname, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _nickname, nickname.Length > 0 ? nickname : null);
    }

    /// <summary>Asks the focus to invite a user (RFC 4579 section 5.5). Whether he comes, the roster tells.</summary>
    public Task InviteAsync(string userUri, CancellationToken cancellationToken = default) => ReferAsync(userUri, null, cancellationToken);

    /// <summary>Asks the focus to expel a user (RFC 4579 section 5.11).</summary>
    /// <exception cref="ImException"><see cref="ImFailure.Forbidden"/> for those who may not.</exception>
    public Task ExpelAsync(string userUri, CancellationToken cancellationToken = default) => ReferAsync(userUri, SipMethod.Bye, cancellationToken);

    /// <summary>Leaves the room; <see cref="Events"/> ends at once, the task when the room has answered.</summary>
    public Task LeaveAsync(CancellationToken cancellationToken = default) =>
        _runtime.InvokeAsync(() => CloseAsync("left", failure: null)).WaitAsync(cancellationToken);

    /// <summary>Leaves, and waits for the room's answer a moment only.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(ImClient.GoodbyeTime, _runtime.Time);
        try
        {
            await LeaveAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The room will notice by itself.
        }
    }

    /// <summary>Whether it was left or ended for good.</summary>
    internal bool IsClosed => _isClosed;

    internal static async Task<RoomSession> JoinAsync(
        ImRuntime runtime,
        UserAgent agent,
        SipUri room,
        RoomInvitees invitees,
        JoinOptions options,
        Action<RoomSession> onClosed,
        CancellationToken cancellationToken)
    {
        var session = new RoomSession(runtime, agent, room, options, onClosed);
        await session.BeginAsync(leg => leg.JoinAsync(room, invitees, cancellationToken), cancellationToken);
        return session;
    }

    internal static async Task<RoomSession> AcceptAsync(
        ImRuntime runtime,
        UserAgent agent,
        SipUri room,
        ServerTransaction invite,
        JoinOptions options,
        Action<RoomSession> onClosed,
        CancellationToken cancellationToken)
    {
        var session = new RoomSession(runtime, agent, room, options, onClosed);
        await session.BeginAsync(
            async leg =>
            {
                await leg.AcceptAsync(invite, room, cancellationToken);
                return room;
            },
            cancellationToken);
        return session;
    }

    private SwitchSession Messages => Leg.Messages!;

    private RoomLeg Leg => Volatile.Read(ref _leg) ?? throw (_isClosed
        ? ImException.SessionEnded("the room was left")
        : ImException.Unreachable("the connection to the room is lost"));

    private Task ReferAsync(string userUri, SipMethod? method, CancellationToken cancellationToken) => SipUri.TryParse(userUri, out var user)
        ? _runtime.InvokeAsync(() => Leg.ReferAsync(user, method, cancellationToken))
        : throw new ArgumentException($"{userUri} is not a SIP URI", nameof(userUri));

    private async Task BeginAsync(Func<RoomLeg, Task<SipUri>> join, CancellationToken cancellationToken)
    {
        _agent.FlowLost += OnFlowLost;
        try
        {
            await EstablishAsync(join, cancellationToken);
        }
        catch
        {
            _agent.FlowLost -= OnFlowLost;
            throw;
        }
    }

    /// <summary>Makes a stay in the room with everything that belongs to it, and only then shows it to others; on the loop.</summary>
    private async Task EstablishAsync(Func<RoomLeg, Task<SipUri>> join, CancellationToken cancellationToken)
    {
        var leg = _coming = new RoomLeg(_runtime, _agent, _options, _incoming, OnLegEnded);
        try
        {
            var room = await join(leg);
            Volatile.Write(ref _room, SipUri.Parse(room.Aor));
            await CompleteAsync(leg, cancellationToken);
        }
        catch
        {
            _failed = leg;
            throw;
        }
        finally
        {
            _coming = null;
        }
    }

    private async Task CompleteAsync(RoomLeg leg, CancellationToken cancellationToken)
    {
        try
        {
            await RestoreAsync(leg, cancellationToken);

            // The last await may have been over when the user left: then no token was there to end it.
            _ending.Token.ThrowIfCancellationRequested();
            if (leg.HasEnded)
            {
                throw ImException.Unreachable("the connection was lost at once");
            }
        }
        catch
        {
            _subscription?.Stop();
            _ = leg.EndAsync();
            throw;
        }

        Volatile.Write(ref _leg, leg);
    }

    private async Task RestoreAsync(RoomLeg leg, CancellationToken cancellationToken)
    {
        if (_nickname is not null)
        {
            await leg.Messages!.SetNicknameAsync(_nickname, cancellationToken);
        }

        if (_options.SubscribeRoster)
        {
            _subscription?.Stop();
            _subscription = new RosterSubscription(_agent, _runtime.Loop, _room, _roster, roomEvent => _events.Write(roomEvent));
            _subscription.Start();
            await _subscription.Ready.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Without its SIP connection the focus can tell nothing more, and would end the session when the session timer runs out.</summary>
    private void OnFlowLost()
    {
        const string Words = "the SIP connection was lost";
        _leg?.Lose(Words);
        _coming?.LoseFlow(Words);
    }

    private void OnLegEnded(RoomLeg leg, LegEnd end)
    {
        if (leg != _leg || _isClosed)
        {
            return;
        }

        Volatile.Write(ref _leg, null);
        if (end.IsDeliberate || !_options.AutoRejoin)
        {
            _ = leg.EndAsync();
            _ = CloseAsync(end.Reason, end.IsDeliberate ? null : ImException.Unreachable(end.Reason));
            return;
        }

        _failed = null;
        _events.Write(new ConnectionLost(end.Reason));
        _ = RejoinAsync(leg);
    }

    /// <summary>Comes back with growing waits. The dialog of before is ended only then: a room may live by its last member alone.</summary>
    private async Task RejoinAsync(RoomLeg before)
    {
        var lostAt = _runtime.Time.GetTimestamp();
        var backOff = new BackOff(FirstWait, LongestWait);
        LegEnd? Dismissal() => before.Dismissal ?? _failed?.Dismissal;
        try
        {
            do
            {
                await _runtime.DelayAsync(backOff.Next(), _ending.Token);
            }
            while (Dismissal() is null && !await TryRejoinAsync());

            if (Dismissal() is { } dismissal)
            {
                _ = CloseAsync(dismissal.Reason, failure: null);
                return;
            }

            _events.Write(new Rejoined(_runtime.Time.GetElapsedTime(lostAt)));
        }
        catch (ImException failure)
        {
            _ = Dismissal() is { } dismissal
                ? CloseAsync(dismissal.Reason, failure: null)
                : CloseAsync("joining again was refused: " + failure.Message, failure);
        }
        catch (OperationCanceledException)
        {
            // The user has left meanwhile.
        }
        catch (Exception failure)
        {
            _ = CloseAsync("joining again failed: " + failure.Message, ImException.Of(failure));
        }
        finally
        {
            _ = before.EndAsync();
        }
    }

    private async Task<bool> TryRejoinAsync()
    {
        try
        {
            await EstablishAsync(leg => leg.JoinAsync(_room, RoomInvitees.None, _ending.Token), _ending.Token);
            return true;
        }
        catch (ImException failure) when (failure.Failure == ImFailure.NicknameTaken)
        {
            _nickname = null; // somebody was faster; being there without it is better than not being there
            return false;
        }
        catch (ImException failure) when (failure.Failure is ImFailure.Unreachable or ImFailure.SessionEnded || failure.StatusCode is 480 or (>= 500 and < 600))
        {
            return false;
        }
    }

    private Task CloseAsync(string reason, ImException? failure)
    {
        if (_isClosed)
        {
            return Task.CompletedTask;
        }

        _isClosed = true;
        _agent.FlowLost -= OnFlowLost;

        // Before what waits hears that it is over, and forgets the stay that was coming.
        var leg = _leg ?? _coming;
        _ending.Cancel();
        _subscription?.Stop();
        Volatile.Write(ref _leg, null);
        _events.Complete(new Closed(reason, failure));
        _onClosed(this);
        return leg?.EndAsync() ?? Task.CompletedTask;
    }
}
