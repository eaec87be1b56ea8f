using OmaIm.Client;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Rooms;

public abstract class RosterTests(RunningAppliance appliance)
{
    [Fact]
    public async Task TheRosterFollowsJoinsAndLeaves()
    {
        await using var alice = await appliance.JoinLobbyAsync("alice");
        await alice.RosterBecomesAsync("alice");
        Assert.True(alice.Self.IsSelf);

        var bob = await appliance.JoinLobbyAsync("bob");
        await alice.RosterBecomesAsync("alice", "bob");
        await bob.RosterBecomesAsync("alice", "bob");

        await bob.LeaveAsync();
        var left = await alice.NextAsync<MemberLeft>();
        Assert.Equal(("sip:bob@localhost", "departed"), (left.Participant.Uri, left.Reason));
        await alice.RosterBecomesAsync("alice");
    }

    [Fact]
    public async Task WhoseConnectionDiesIsRemovedAndAnnounced()
    {
        await using var alice = await appliance.JoinLobbyAsync("alice");
        var client = appliance.Client("carol", out var runtime);
        await client.JoinAsync(RunningAppliance.Lobby);
        await alice.RosterBecomesAsync("alice", "carol");

        await runtime.DisposeAsync(); // no BYE, no UNREGISTER: as if the process had been killed
        var left = await alice.NextAsync<MemberLeft>();
        Assert.Equal(("sip:carol@localhost", "failed"), (left.Participant.Uri, left.Reason));
        await alice.RosterBecomesAsync("alice");
    }

    [Fact]
    public async Task WithoutASubscriptionTheRosterStaysEmpty()
    {
        await using var alice = await appliance.JoinLobbyAsync("alice", new JoinOptions { SubscribeRoster = false });
        Assert.Empty(alice.Roster);
        Assert.Equal("alice", alice.Self.Name);
    }

    public sealed class OverSockets(RunningAppliance appliance) : RosterTests(appliance), IClassFixture<RunningAppliance>;

    public sealed class OverPipes(PipedAppliance appliance) : RosterTests(appliance), IClassFixture<PipedAppliance>;

    public sealed class OverTls(TlsAppliance appliance) : RosterTests(appliance), IClassFixture<TlsAppliance>;
}
