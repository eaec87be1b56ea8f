using OmaIm.Client;
using OmaIm.Protocols.Imdn;
using OmaIm.Stack.Transport;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Im;

/// <summary>Pager mode between clients through a running appliance.</summary>
public sealed class PagerTests(RunningAppliance appliance) : IClassFixture<RunningAppliance>
{
    [Fact]
    public async Task AMessageArrivesAndItsReceiptComesBack()
    {
        var alice = appliance.Client("alice");
        var bob = appliance.Client("bob");
        var receipts = new Arrivals<Receipt>();
        var messages = new Arrivals<ImMessage>();
        alice.ReceiptReceived += receipts.Add;
        bob.MessageReceived += messages.Add;
        await alice.RegisterAsync();
        await bob.RegisterAsync();

        var sent = await alice.SendAsync("sip:bob@localhost", "Grüße, 世界", new SendOptions { Receipts = ImdnRequests.PositiveDelivery | ImdnRequests.Display });
        Assert.True(sent.IsDelivered);
        var message = await messages.NextAsync();
        Assert.Equal(("sip:alice@localhost", "Grüße, 世界", MessageMode.Pager), (message.From, message.Text, message.Mode));
        var delivered = await receipts.NextAsync();
        Assert.Equal((sent.MessageId, ImdnStatus.Delivered, "sip:bob@localhost"), (delivered.MessageId, delivered.Status, delivered.From));
        await bob.MarkDisplayedAsync(message);
        Assert.Equal(ImdnStatus.Displayed, (await receipts.NextAsync()).Status);
    }

    [Fact]
    public async Task WhoIsNotThereIs480()
    {
        var carol = appliance.Client("carol");
        var failure = await Assert.ThrowsAsync<ImException>(() => carol.SendAsync("sip:dave@localhost", "hi"));
        Assert.Equal(480, failure.StatusCode);
    }

    [Fact]
    public async Task NobodyOfThatNameIs404()
    {
        var failure = await Assert.ThrowsAsync<ImException>(() => appliance.Client("carol").SendAsync("sip:nobody@localhost", "hi"));
        Assert.Equal(404, failure.StatusCode);
    }

    [Fact]
    public async Task SeveralKilobytesGoOverTcpAlthoughTheClientSpeaksUdp()
    {
        var alice = appliance.Client("alice", transport: SipProtocol.Udp);
        var carol = appliance.Client("carol");
        var messages = new Arrivals<ImMessage>();
        carol.MessageReceived += messages.Add;
        await carol.RegisterAsync();
        var text = new string('ä', 3000);
        Assert.True((await alice.SendAsync("sip:carol@localhost", text)).IsDelivered);
        Assert.Equal(text, (await messages.NextAsync()).Text);
    }
}
