using OmaIm.Client;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Rooms;

public abstract class NicknameTests(RunningAppliance appliance)
{
    [Fact]
    public async Task ANicknameIsShownInRosterAndMessages()
    {
        await using var bob = await appliance.JoinLobbyAsync("bob");
        await using var alice = await appliance.JoinLobbyAsync("alice", new JoinOptions { Nickname = "Queen \"of\" Hearts" });
        await bob.RosterBecomesAsync(participant => participant.Nickname == "Queen \"of\" Hearts");
        await alice.SendAsync("off with their heads");
        Assert.Equal("Queen \"of\" Hearts", (await bob.NextMessageAsync()).FromName);
    }

    [Fact]
    public async Task ATakenNicknameIsRefusedInWhateverSpelling()
    {
        await using var alice = await appliance.JoinLobbyAsync("alice");
        await using var bob = await appliance.JoinLobbyAsync("bob");
        await alice.SetNicknameAsync("Hatter");
        var failure = await Assert.ThrowsAsync<ImException>(() => bob.SetNicknameAsync("  hATTER "));
        Assert.Equal((ImFailure.NicknameTaken, 425), (failure.Failure, failure.StatusCode));

        await alice.SetNicknameAsync("");
        await bob.SetNicknameAsync("Hatter");
        await alice.RosterBecomesAsync("alice", "bob");
        await bob.LeaveAsync();
        await alice.NextAsync<MemberLeft>();
        await alice.SetNicknameAsync("Hatter");
    }

    [Fact]
    public async Task JoiningUnderATakenNicknameFailsAndLeavesNothingBehind()
    {
        await using var alice = await appliance.JoinLobbyAsync("alice", new JoinOptions { Nickname = "Rabbit" });
        var failure = await Assert.ThrowsAsync<ImException>(
            () => appliance.JoinLobbyAsync("carol", new JoinOptions { Nickname = "rabbit" }));
        Assert.Equal(ImFailure.NicknameTaken, failure.Failure);
        await using var bob = await appliance.JoinLobbyAsync("bob");
        await bob.RosterBecomesAsync("alice", "bob");
    }

    [Theory]
    [InlineData("\u202eevil")]
    [InlineData("two\nlines")]
    public async Task WhatIsNoNicknameIsRefused(string nickname)
    {
        await using var dave = await appliance.JoinLobbyAsync("dave");
        var failure = await Assert.ThrowsAsync<ImException>(() => dave.SetNicknameAsync(nickname));
        Assert.Equal(424, failure.StatusCode);
    }

    public sealed class OverSockets(RunningAppliance appliance) : NicknameTests(appliance), IClassFixture<RunningAppliance>;

    public sealed class OverPipes(PipedAppliance appliance) : NicknameTests(appliance), IClassFixture<PipedAppliance>;
}
