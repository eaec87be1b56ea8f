using OmaIm.Appliance.Configuration;
using OmaIm.Client;
using OmaIm.Tests.EndToEnd.Im;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Modes;

/// <summary>What becomes of a large message (OMA IM section 6) when all is not well.</summary>
[Trait("Section", "OMA IM 6")]
public sealed class LargeMessageTests : IAsyncLifetime
{
    private const int Limit = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string Large = new('x', Limit / 2);

    private readonly SmallAppliance _appliance = new();

    public Task InitializeAsync() => _appliance.InitializeAsync();

    public Task DisposeAsync() => _appliance.DisposeAsync();

    [Fact]
    public async Task WhoIsNotThereCannotHaveOne()
    {
        var failure = await Assert.ThrowsAsync<ImException>(() => _appliance.Client("alice").SendAsync("sip:carol@localhost", Large).WaitAsync(Patience));
        Assert.Equal(480, failure.StatusCode);
    }

    [Fact]
    public async Task OneBeyondTheServersLimitIsRefused()
    {
        await ListenAsync("bob");
        var failure = await Assert.ThrowsAsync<ImException>(
            () => _appliance.Client("alice").SendAsync("sip:bob@localhost", new string('x', Limit + 1)).WaitAsync(Patience));
        Assert.Equal(413, failure.StatusCode);
    }

    [Fact]
    public async Task OfSeveralDevicesOneTakesIt()
    {
        var arrivals = new Arrivals<ImMessage>();
        await ListenAsync("bob", arrivals);
        await ListenAsync("bob", arrivals);
        var alice = _appliance.Client("alice");
        Assert.True((await alice.SendAsync("sip:bob@localhost", Large).WaitAsync(Patience)).IsDelivered);
        Assert.Equal(Large, (await arrivals.NextAsync()).Text);

        // What comes next is the next message, and no second copy.
        await alice.SendAsync("sip:bob@localhost", Large + "!").WaitAsync(Patience);
        Assert.Equal(Large + "!", (await arrivals.NextAsync()).Text);
    }

    [Fact]
    public async Task WhoRefusesOneHasNotGotIt()
    {
        var bob = _appliance.Client("bob", out _, static options => options with { AskForLargeMessages = true });
        bob.SessionInvited += static invitation => invitation.Decline();
        await bob.RegisterAsync();
        var failure = await Assert.ThrowsAsync<ImException>(() => _appliance.Client("alice").SendAsync("sip:bob@localhost", Large).WaitAsync(Patience));
        Assert.Equal(603, failure.StatusCode);
    }

    private async Task ListenAsync(string user, Arrivals<ImMessage>? arrivals = null)
    {
        var client = _appliance.Client(user);
        client.MessageReceived += message => arrivals?.Add(message);
        await client.RegisterAsync();
    }

    /// <summary>An appliance that carries short messages only.</summary>
    private sealed class SmallAppliance : RunningAppliance
    {
        protected override SessionSettings Sessions => new() { MaxMessageBytes = Limit };
    }
}
