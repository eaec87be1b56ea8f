using OmaIm.Client;
using Xunit;
using static OmaIm.Tests.EndToEnd.Im.SessionSteps;

namespace OmaIm.Tests.EndToEnd.Im;

/// <summary>A session whose connection to the SIP server is lost: the dialog is not the connection's.</summary>
[Trait("Section", "RFC 3261 12")]
public sealed class LostSignallingTests(RunningAppliance appliance) : IClassFixture<RunningAppliance>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ALostSipConnectionEndsNoSessionAndItsByeStillArrives(bool isClosedByTheOneWhoLostIt)
    {
        using var relay = new CuttableRelay(appliance.Host.SipTcp);
        await using var alice = appliance.Client("alice", relay);
        await using var bob = appliance.Client("bob");
        var states = new Arrivals<RegistrationState>();
        await alice.RegisterAsync();
        await bob.RegisterAsync();
        alice.RegistrationChanged += (state, _) => states.Add(state);
        var (ofAlice, ofBob) = await TalkAsync(alice, bob);
        relay.Cut();
        Assert.Equal(RegistrationState.Retrying, await states.NextAsync());
        Assert.True((await ofAlice.SendAsync("meanwhile", new SendOptions { AwaitReport = true }).WaitAsync(Patience)).IsDelivered);
        Assert.Equal("meanwhile", (await NextAsync<SessionMessage>(ofBob)).Message.Text);
        Assert.Equal(RegistrationState.Registered, await states.NextAsync());

        // Behind what the session has sent over the new connection.
        await alice.SendAsync("sip:bob@localhost", "pager").WaitAsync(Patience);
        var (closing, other) = isClosedByTheOneWhoLostIt ? (ofAlice, ofBob) : (ofBob, ofAlice);
        await closing.CloseAsync().WaitAsync(Patience);
        Assert.Null((await NextAsync<SessionEnded>(other)).Failure);
    }

    [Fact]
    public async Task AByeWaitsForTheNextConnection()
    {
        using var relay = new CuttableRelay(appliance.Host.SipTcp);
        await using var alice = appliance.Client("alice", relay);
        await using var bob = appliance.Client("bob");
        var states = new Arrivals<RegistrationState>();
        await alice.RegisterAsync();
        await bob.RegisterAsync();
        alice.RegistrationChanged += (state, _) => states.Add(state);
        var (ofAlice, ofBob) = await TalkAsync(alice, bob);
        relay.Cut();
        Assert.Equal(RegistrationState.Retrying, await states.NextAsync());
        await ofAlice.CloseAsync().WaitAsync(Patience);
        Assert.Null((await NextAsync<SessionEnded>(ofBob)).Failure);
    }

    [Fact]
    public async Task WithoutAConnectionForTooLongTheSessionEnds()
    {
        using var relay = new CuttableRelay(appliance.Host.SipTcp);
        await using var alice = appliance.Client(
            "alice", out _, account => account with { Server = relay.Address.ToString(), SignallingRecoveryTime = TimeSpan.FromMilliseconds(100) });
        await using var bob = appliance.Client("bob");
        await bob.RegisterAsync();
        var (session, _) = await TalkAsync(alice, bob);
        relay.Dispose();
        Assert.Equal(ImFailure.Unreachable, (await NextAsync<SessionEnded>(session)).Failure?.Failure);
    }

    private static async Task<(ChatSession Alice, ChatSession Bob)> TalkAsync(ImClient alice, ImClient bob)
    {
        bob.MessageReceived += _ => { };
        var accepted = AcceptNext(bob);
        var ofAlice = await alice.OpenSessionAsync("sip:bob@localhost").WaitAsync(Patience);
        var ofBob = await accepted;

        // The answer says that the ACK, which went before over the same connection, has come through as well.
        await alice.SendAsync("sip:bob@localhost", "pager").WaitAsync(Patience);
        return (ofAlice, ofBob);
    }
}
