using OmaIm.Client;
using OmaIm.Stack.Msrp;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Rooms;

public abstract class RejoinTests(RunningAppliance appliance) : IAsyncLifetime
{
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

    public sealed class OverSockets() : RejoinTests(new RunningAppliance());

    public sealed class OverPipes() : RejoinTests(new PipedAppliance());

    public sealed class OverTls() : RejoinTests(new TlsAppliance());
}
