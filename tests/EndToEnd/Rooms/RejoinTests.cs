using OmaIm.Client;
using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Rooms;

public abstract class RejoinTests(RunningAppliance appliance) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Task InitializeAsync() => appliance.InitializeAsync();

    public Task DisposeAsync() => appliance.DisposeAsync();

    [Fact]
    public async Task ACutConnectionIsJoinedAgainUnderTheSameNickname()
    {
        await using var alice = await appliance.JoinLobbyAsync("alice", new JoinOptions { Nickname = "Queen" });
        await using var bob = await appliance.JoinLobbyAsync("bob");
        Cut(alice);
        await alice.NextAsync<ConnectionLost>();
        var failure = await Assert.ThrowsAsync<ImException>(() => alice.SendAsync("lost"));
        Assert.Equal(ImFailure.Unreachable, failure.Failure);

        await alice.NextAsync<Rejoined>();
        await alice.RosterBecomesAsync("alice", "bob");
        Assert.Equal("Queen", alice.Self.Nickname);
        await bob.RosterBecomesAsync(participant => participant is { Uri: "sip:alice@localhost", Nickname: "Queen" });
        await alice.SendAsync("here again");
        Assert.Equal(("here again", "Queen"), await TextAndNameAsync(bob));
        await bob.SendAsync("welcome back");
        Assert.Equal("welcome back", (await alice.NextMessageAsync()).Text);
    }

    [Fact]
    public async Task ARestartedServerIsJoinedAgain()
    {
        await using var alice = await appliance.JoinLobbyAsync("alice");
        await using var bob = await appliance.JoinLobbyAsync("bob");
        await appliance.RestartAsync();
        await alice.NextAsync<Rejoined>();
        await bob.NextAsync<Rejoined>();
        await alice.RosterBecomesAsync("alice", "bob");
        await bob.RosterBecomesAsync("alice", "bob");
        await bob.SendAsync("still here");
        Assert.Equal("still here", (await alice.NextMessageAsync()).Text);
    }

    [Fact]
    public async Task ALostSipConnectionIsRegisteredAndJoinedAgain()
    {
        using var relay = new CuttableRelay(appliance.Host.SipTcp);
        var client = appliance.Client("alice", relay);
        var registered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await client.RegisterAsync();
        client.RegistrationChanged += (state, _) =>
        {
            if (state == RegistrationState.Registered)
            {
                registered.TrySetResult();
            }
        };
        await using var alice = await client.JoinAsync(RunningAppliance.Lobby);
        relay.Cut();
        await alice.NextAsync<ConnectionLost>();
        await alice.NextAsync<Rejoined>();
        await registered.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await using var bob = await appliance.JoinLobbyAsync("bob");
        await alice.RosterBecomesAsync("alice", "bob");
        await alice.SendAsync("the roster follows again");
        Assert.Equal("the roster follows again", (await bob.NextMessageAsync()).Text);
    }

    [Fact]
    public async Task WithoutAutoRejoinTheSessionIsOver()
    {
        await using var alice = await appliance.JoinLobbyAsync("alice", new JoinOptions { AutoRejoin = false });
        Cut(alice);
        var closed = await alice.NextAsync<Closed>();
        Assert.Equal(ImFailure.Unreachable, closed.Failure?.Failure);
    }

    [Fact]
    public async Task LeavingWhileTheConnectionIsLostEndsTheAttempts()
    {
        var alice = await appliance.JoinLobbyAsync("alice");
        Cut(alice);
        await alice.NextAsync<ConnectionLost>();
        await alice.LeaveAsync();
        Assert.Null((await alice.NextAsync<Closed>()).Failure);
        await alice.Events.Completion;
        Assert.False(alice.IsConnected);
    }

    [Fact]
    public async Task WhoLeavesAtTheLastMomentOfComingBackIsGone()
    {
        var client = appliance.Client("carol", out var runtime);
        using var isBound = new ManualResetEventSlim();
        RoomSession? carol = null;
        Task? leaving = null;
        var binds = 0;
        var raw = new BindListener(session =>
        {
            if (++binds == 2)
            {
                // The control loop hears of both at once: that he leaves, and that he is there again.
                runtime.Loop.Post(isBound.Wait);
                leaving = carol!.LeaveAsync();
                session.Loop.Post(isBound.Set);
            }
        });
        carol = await client.JoinAsync(RunningAppliance.Lobby, new JoinOptions { RawHandler = raw, SubscribeRoster = false });
        Cut(carol);
        await carol.NextAsync<Closed>();
        await leaving!.WaitAsync(Patience);
        Assert.False(carol.IsConnected);
        await using var dave = await appliance.JoinLobbyAsync("dave");
        await dave.RosterBecomesAsync("dave");
    }

    [Fact]
    public async Task ASipConnectionThatIsLostWhileTheRoomIsJoinedFailsTheJoining()
    {
        using var relay = new CuttableRelay(appliance.Host.SipTcp);
        using var isNoticed = new ManualResetEventSlim();
        var client = await RegisteredAsync(relay, isNoticed);
        var raw = new BindListener(_ => Cut(relay, isNoticed));
        var failure = await Assert.ThrowsAsync<ImException>(
            () => client.JoinAsync(RunningAppliance.Lobby, new JoinOptions { RawHandler = raw, SubscribeRoster = false }));
        Assert.Equal(ImFailure.Unreachable, failure.Failure);
    }

    [Fact]
    public async Task ASipConnectionThatIsLostWhileTheRoomIsJoinedAgainIsTriedOnceMore()
    {
        using var relay = new CuttableRelay(appliance.Host.SipTcp);
        using var isNoticed = new ManualResetEventSlim();
        var client = await RegisteredAsync(relay, isNoticed);
        var binds = 0;
        var raw = new BindListener(_ =>
        {
            if (++binds == 2)
            {
                Cut(relay, isNoticed);
            }
        });
        await using var alice = await client.JoinAsync(RunningAppliance.Lobby, new JoinOptions { RawHandler = raw, SubscribeRoster = false });
        Cut(alice);
        await alice.NextAsync<Rejoined>();
        Assert.Equal(3, binds);
    }

    [Fact]
    public async Task AnEndedRuntimeLeavesNobodyWaiting()
    {
        var client = appliance.Client("dave", out var runtime);
        var room = await client.JoinAsync(RunningAppliance.Lobby);
        await runtime.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => room.SendAsync("nobody hears"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.RegisterAsync());
        await room.DisposeAsync();
        await client.DisposeAsync();
    }

    private static async Task<(string, string)> TextAndNameAsync(RoomSession room)
    {
        var message = await room.NextMessageAsync();
        return (message.Text, message.FromName);
    }

    /// <summary>Breaks the MSRP connection as a network does: neither side said goodbye.</summary>
    private static void Cut(RoomSession room)
    {
        var session = room.Msrp!;
        session.Loop.Post(() => session.Connection!.Close(MsrpCloseReason.TransportError));
    }

    /// <summary>Alice, who hears that her SIP connection is lost.</summary>
    private async Task<ImClient> RegisteredAsync(CuttableRelay relay, ManualResetEventSlim isNoticed)
    {
        var client = appliance.Client("alice", relay);
        await client.RegisterAsync();
        client.RegistrationChanged += (state, _) =>
        {
            if (state == RegistrationState.Retrying)
            {
                isNoticed.Set();
            }
        };
        return client;
    }

    /// <summary>Breaks the SIP connection; returns when the client's control loop knows.</summary>
    private static void Cut(CuttableRelay relay, ManualResetEventSlim isNoticed)
    {
        relay.Cut();
        isNoticed.Wait(Patience);
    }

    public sealed class OverSockets() : RejoinTests(new RunningAppliance());

    public sealed class OverPipes() : RejoinTests(new PipedAppliance());

    public sealed class OverTls() : RejoinTests(new TlsAppliance());

    /// <summary>Hears, on the MSRP thread, that a session stands: before the room does.</summary>
    private sealed class BindListener(Action<MsrpSession> bound) : IMsrpSessionHandler
    {
        public void OnBound(MsrpSession session) => bound(session);

        public void OnFrame(MsrpSession session, in MsrpFrame frame) => session.Respond(frame);

        public void OnClosed(MsrpSession session, MsrpCloseReason reason)
        {
        }
    }
}
