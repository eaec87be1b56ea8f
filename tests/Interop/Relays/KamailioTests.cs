using OmaIm.Client;
using OmaIm.Stack.Transport;
using OmaIm.Tests.EndToEnd;
using Xunit;

namespace OmaIm.Tests.Interop.Relays;

/// <summary>Our client behind Kamailio as its MSRP relay (RFC 4976), in a room of the appliance.</summary>
public sealed class KamailioTests(RunningAppliance appliance) : IClassFixture<RunningAppliance>
{
    [Fact]
    [Trait("Section", "RFC 4976 5.1")]
    public async Task WhoeverIsBehindTheRelayTalksInARoomAndAllOfItPassesTheRelay()
    {
        await using var relay = await KamailioRelay.StartAsync();
        await using var client = Client("alice", relay.Options);
        await using var alice = await client.JoinAsync(RunningAppliance.Lobby);
        await using var bob = await appliance.JoinLobbyAsync("bob");
        Assert.StartsWith(relay.Options.Uri.Split(';')[0] + "/", alice.Msrp!.RemotePath, StringComparison.Ordinal);
        Assert.Equal(2, alice.Msrp.RemotePath.Split(' ').Length);

        await alice.SendAsync("from behind the relay");
        Assert.Equal("from behind the relay", (await bob.NextMessageAsync()).Text);
        await bob.SendPrivateAsync(client.Address, "to behind the relay");
        Assert.Equal("to behind the relay", (await alice.NextMessageAsync()).Text);
        await relay.SaysAsync("relay: SEND out");
        await relay.SaysAsync("relay: SEND in");
    }

    [Fact]
    [Trait("Section", "RFC 4976 6.4")]
    public async Task AMessageOfManyChunksPassesTheRelayBothWays()
    {
        await using var relay = await KamailioRelay.StartAsync();
        await using var client = Client("alice", relay.Options);
        await using var alice = await client.JoinAsync(RunningAppliance.Lobby);
        await using var bob = await appliance.JoinLobbyAsync("bob");
        var text = string.Concat(Enumerable.Range(0, 5000).Select(static i => $"{i} "));
        await alice.SendAsync(text);
        Assert.Equal(text, (await bob.NextMessageAsync()).Text);
        await bob.SendAsync(text);
        Assert.Equal(text, (await alice.NextMessageAsync()).Text);
    }

    [Fact]
    [Trait("Section", "RFC 4976 5.1")]
    public async Task AWrongPasswordIsRefusedAsOne()
    {
        await using var relay = await KamailioRelay.StartAsync();
        await using var client = Client("alice", relay.Options with { Password = "wrong" });
        var refused = await Assert.ThrowsAsync<ImException>(() => client.JoinAsync(RunningAppliance.Lobby));
        Assert.Equal((ImFailure.AuthenticationRefused, 401), (refused.Failure, refused.StatusCode));
    }

    [Theory]
    [InlineData(1, "for 2 s")]
    [InlineData(600, "for 60 s")]
    [Trait("Section", "RFC 4976 5.1")]
    public async Task AnExpiryOutOfTheRelaysBoundsIsBroughtIntoThem(int asked, string granted)
    {
        await using var relay = await KamailioRelay.StartAsync();
        await using var client = Client("alice", relay.Options with { Expiry = TimeSpan.FromSeconds(asked) });
        await using var alice = await client.JoinAsync(RunningAppliance.Lobby);
        await relay.SaysAsync(granted);
    }

    [Fact]
    [Trait("Section", "RFC 4976 5.1")]
    public async Task ThePermissionIsRenewedBeforeItEndsAndTheSessionGoesOn()
    {
        await using var relay = await KamailioRelay.StartAsync(maximumExpires: 2);
        await using var client = Client("alice", relay.Options);
        await using var alice = await client.JoinAsync(RunningAppliance.Lobby);
        await using var bob = await appliance.JoinLobbyAsync("bob");
        var path = alice.Msrp!.RemotePath;
        await relay.SaysTimesAsync("relay: AUTH of", 3);
        await alice.SendAsync("renewed");
        Assert.Equal("renewed", (await bob.NextMessageAsync()).Text);
        Assert.Equal(path, alice.Msrp.RemotePath);
    }

    [Fact]
    [Trait("Section", "RFC 4976 5.1")]
    public async Task ARelayThatIsGoneIsALostConnection()
    {
        RoomSession alice;
        await using var relay = await KamailioRelay.StartAsync();
        await using var client = Client("alice", relay.Options);
        alice = await client.JoinAsync(RunningAppliance.Lobby, new JoinOptions { AutoRejoin = false });
        await relay.DisposeAsync();
        Assert.Equal(ImFailure.Unreachable, (await alice.NextAsync<Closed>()).Failure!.Failure);
        var unreachable = await Assert.ThrowsAsync<ImException>(() => client.JoinAsync(RunningAppliance.Lobby));
        Assert.Equal(ImFailure.Unreachable, unreachable.Failure);
    }

    private ImClient Client(string user, MsrpRelayOptions relay) => new(new ImClientOptions
    {
        User = user,
        Password = user + "-secret",
        Server = appliance.Server,
        Transport = SipProtocol.Tcp,
        MsrpRelay = relay,
    });
}
