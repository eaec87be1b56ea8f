using OmaIm.Client;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Rooms;

public abstract class AdHocRoomTests(RunningAppliance appliance)
{
    [Fact]
    public async Task TheFactoryMakesARoomAndInvitesTheListedUsers()
    {
        var invited = await ExpectInvitationAsync("bob");
        await using var alice = await appliance.Client("alice").CreateRoomAsync(["sip:bob@localhost"]);
        var invitation = await invited;
        Assert.Equal(alice.RoomUri, invitation.RoomUri);
        Assert.Equal("sip:alice@localhost", invitation.From);
        await using var bob = await invitation.AcceptAsync();
        await alice.RosterBecomesAsync("alice", "bob");
        await bob.SendAsync("thanks for having me");
        Assert.Equal("thanks for having me", (await alice.NextMessageAsync()).Text);
        await alice.SendAsync("welcome");
        Assert.Equal("welcome", (await bob.NextMessageAsync()).Text);
    }

    [Fact]
    public async Task OutsidersStayOutAndTheInvitedComeIn()
    {
        await using var alice = await appliance.Client("alice").CreateRoomAsync([]);
        var failure = await Assert.ThrowsAsync<ImException>(() => appliance.Client("dave").JoinAsync(alice.RoomUri));
        Assert.Equal(ImFailure.Forbidden, failure.Failure);

        var invited = await ExpectInvitationAsync("carol");
        await alice.InviteAsync("sip:carol@localhost");
        await using var carol = await (await invited).AcceptAsync();
        await alice.RosterBecomesAsync("alice", "carol");
    }

    [Fact]
    public async Task TheExpelledIsOutAndDoesNotComeBack()
    {
        await using var alice = await appliance.Client("alice").CreateRoomAsync([]);
        var invited = await ExpectInvitationAsync("bob");
        await alice.InviteAsync("sip:bob@localhost");
        await using var bob = await (await invited).AcceptAsync();
        await alice.RosterBecomesAsync("alice", "bob");

        await alice.ExpelAsync("sip:bob@localhost");
        Assert.Equal("booted", (await alice.NextAsync<MemberLeft>()).Reason);
        Assert.Equal("Expelled", (await bob.NextAsync<Closed>()).Reason);
        await bob.Events.Completion;
        Assert.False(bob.IsConnected);
    }

    [Fact]
    public async Task AnOrdinaryMemberOfAPublicRoomMayNotExpel()
    {
        await using var alice = await appliance.JoinLobbyAsync("alice");
        await using var bob = await appliance.JoinLobbyAsync("bob");
        Assert.Equal(ImFailure.Forbidden, (await Assert.ThrowsAsync<ImException>(() => alice.ExpelAsync("sip:bob@localhost"))).Failure);
    }

    [Fact]
    public async Task ADeclinedInvitationChangesNothing()
    {
        var invited = await ExpectInvitationAsync("dave");
        await using var alice = await appliance.Client("alice").CreateRoomAsync(["sip:dave@localhost"]);
        (await invited).Decline();
        await alice.SendAsync("nobody but me");
        Assert.Equal(["sip:alice@localhost"], alice.Roster.Select(participant => participant.Uri));
    }

    [Fact]
    public async Task AnEmptyAdHocRoomDisappears()
    {
        var client = appliance.Client("alice");
        var room = await client.CreateRoomAsync([]);
        var uri = room.RoomUri;
        await room.LeaveAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        ImException? failure = null;
        while (failure is null)
        {
            // The BYE travels beside the next INVITE of another dialog, so that the first attempts may be too early.
            try
            {
                await (await client.JoinAsync(uri, cancellationToken: patience.Token)).LeaveAsync();
            }
            catch (ImException refused)
            {
                failure = refused;
            }
        }

        Assert.Equal(ImFailure.NotFound, failure.Failure);
    }

    /// <summary>Registers a client; the outer task ends when it can be invited, the inner one when it is.</summary>
    private async Task<Task<Invitation>> ExpectInvitationAsync(string user)
    {
        var invited = new TaskCompletionSource<Invitation>(TaskCreationOptions.RunContinuationsAsynchronously);
        var client = appliance.Client(user);
        client.Invited += invitation => invited.TrySetResult(invitation);
        await client.RegisterAsync();
        return invited.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public sealed class OverSockets(RunningAppliance appliance) : AdHocRoomTests(appliance), IClassFixture<RunningAppliance>;

    public sealed class OverPipes(PipedAppliance appliance) : AdHocRoomTests(appliance), IClassFixture<PipedAppliance>;

    public sealed class OverTls(TlsAppliance appliance) : AdHocRoomTests(appliance), IClassFixture<TlsAppliance>;
}
