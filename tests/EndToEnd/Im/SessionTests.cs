using System.Security.Cryptography;
using OmaIm.Client;
using OmaIm.Protocols.Imdn;
using Xunit;
using static OmaIm.Tests.EndToEnd.Im.SessionSteps;

namespace OmaIm.Tests.EndToEnd.Im;

/// <summary>One-to-one sessions and large messages through a running appliance, which stands between the two clients.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private readonly RunningAppliance _appliance = new();

    public Task InitializeAsync() => _appliance.InitializeAsync();

    public Task DisposeAsync() => _appliance.DisposeAsync();

    [Fact]
    public async Task TwoUsersTalk()
    {
        var (alice, bob) = await OpenAsync();
        var sent = await alice.SendAsync("Grüße", new SendOptions { AwaitReport = true, Receipts = ImdnRequests.PositiveDelivery }).WaitAsync(Patience);
        Assert.True(sent.IsDelivered);
        Assert.Equal("Grüße", (await NextAsync<SessionMessage>(bob)).Message.Text);
        Assert.Equal(sent.MessageId, (await NextAsync<SessionReceipt>(alice)).Receipt.MessageId);
        await bob.CloseAsync().WaitAsync(Patience);
        Assert.Null((await NextAsync<SessionEnded>(alice)).Failure);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Section", "RFC 4975 5.4")]
    public async Task ALostConnectionOfEitherSideIsMadeAnew(bool losesSender)
    {
        var (alice, bob) = await OpenAsync();
        var content = RandomNumberGenerator.GetBytes(2_000_000);
        var sending = alice.SendAsync("application/octet-stream", content, new SendOptions { AwaitReport = true });
        var losing = losesSender ? alice : bob;
        losing.Msrp!.Loop.Post(() => losing.Msrp?.Connection?.Close(Stack.Msrp.MsrpCloseReason.TransportError));
        await NextAsync<SessionResumed>(losing);
        try
        {
            Assert.True((await sending.WaitAsync(Patience)).IsDelivered);
        }
        catch (ImException failure) when (!losesSender && failure.StatusCode == 408)
        {
            // What was on its way to a receiver who is gone has failed, and its sender hears so.
            Assert.True((await alice.SendAsync("application/octet-stream", content, new SendOptions { AwaitReport = true }).WaitAsync(Patience)).IsDelivered);
        }

        Assert.Equal(content, (await NextAsync<SessionMessage>(bob)).Message.Content.ToArray());
        await alice.SendAsync("after").WaitAsync(Patience);
        Assert.Equal("after", (await NextAsync<SessionMessage>(bob)).Message.Text);
    }

    [Fact]
    [Trait("Section", "RFC 4975 5.4")]
    public async Task AMessageWhoseSendersConnectionBreaksInTheMiddleArrivesWholeOnce()
    {
        var alice = _appliance.Client("alice", out _);
        var bob = _appliance.Client("bob");
        var (caller, callee) = await OpenAsync(alice, bob);
        var content = RandomNumberGenerator.GetBytes(4_000_000);
        var statistics = caller.Msrp!.Loop.Statistics;
        var before = statistics.BytesSent;
        var sending = caller.SendAsync("application/octet-stream", content, new SendOptions { AwaitReport = true });
        SpinWait.SpinUntil(() => statistics.BytesSent > before + 500_000, Patience);
        caller.Msrp.Loop.Post(() => caller.Msrp?.Connection?.Close(Stack.Msrp.MsrpCloseReason.TransportError));
        await NextAsync<SessionResumed>(caller);
        Assert.True((await sending.WaitAsync(Patience)).IsDelivered);
        Assert.Equal(content, (await NextAsync<SessionMessage>(callee)).Message.Content.ToArray());
        await caller.SendAsync("after").WaitAsync(Patience);
        Assert.Equal("after", (await NextAsync<SessionMessage>(callee)).Message.Text);
    }

    [Fact]
    public async Task ALargeMessageIsOneToItsReceiverAsWell()
    {
        var alice = _appliance.Client("alice");
        var bob = _appliance.Client("bob");
        var messages = new Arrivals<ImMessage>();
        bob.MessageReceived += messages.Add;
        await bob.RegisterAsync();
        var text = new string('x', 200_000);
        var sent = await alice.SendAsync("sip:bob@localhost", text).WaitAsync(Patience);
        Assert.Equal((MessageMode.Large, true), (sent.Mode, sent.IsDelivered));
        var message = await messages.NextAsync();
        Assert.Equal((MessageMode.Large, text), (message.Mode, message.Text));
    }

    private Task<(ChatSession Alice, ChatSession Bob)> OpenAsync() => OpenAsync(_appliance.Client("alice"), _appliance.Client("bob"));

    private static async Task<(ChatSession Alice, ChatSession Bob)> OpenAsync(ImClient alice, ImClient bob)
    {
        await alice.RegisterAsync();
        await bob.RegisterAsync();
        var accepted = AcceptNext(bob);
        return (await alice.OpenSessionAsync("sip:bob@localhost").WaitAsync(Patience), await accepted);
    }
}
