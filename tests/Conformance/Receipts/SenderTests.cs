using OmaIm.Client;
using OmaIm.Protocols.Imdn;
using OmaIm.Tests.EndToEnd.Im;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Receipts;

/// <summary>What our client says when its user wants receipts, and what it makes of those that come (RFC 5438 sections 6 and 7.1).</summary>
public sealed class SenderTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Alice = "sip:alice@localhost";
    private const string Bob = "sip:bob@localhost";

    [Fact]
    [Trait("Section", "RFC 5438 6.1")]
    public async Task TheNamespaceOfReceiptsIsNamed()
    {
        var (_, message) = await SendAsync(ImdnRequests.PositiveDelivery);
        Assert.Contains(("NS", "imdn <urn:ietf:params:imdn>"), message.Headers);
    }

    [Theory]
    [InlineData(ImdnRequests.PositiveDelivery, "positive-delivery")]
    [InlineData(ImdnRequests.Display, "display")]
    [InlineData(ImdnRequests.PositiveDelivery | ImdnRequests.NegativeDelivery | ImdnRequests.Processing, "negative-delivery,positive-delivery,processing")]
    [Trait("Section", "RFC 5438 6.2")]
    public async Task WhatIsAskedForIsNamed(ImdnRequests asked, string named)
    {
        var (_, message) = await SendAsync(asked);
        var values = message["imdn.Disposition-Notification"].Split(',').Select(static value => value.Trim()).Order(StringComparer.Ordinal);
        Assert.Equal(named, string.Join(',', values));
    }

    [Fact]
    [Trait("Section", "RFC 5438 7.1.1.1")]
    public async Task EveryMessageThatWantsReceiptsHasAnIdOfItsOwn()
    {
        var ((one, first), (_, second)) = (await SendAsync(ImdnRequests.Display), await SendAsync(ImdnRequests.Display));
        Assert.Equal(one.MessageId, first["imdn.Message-ID"]);
        Assert.NotEqual(first["imdn.Message-ID"], second["imdn.Message-ID"]);
        Assert.True(first["imdn.Message-ID"].Length >= 8, first["imdn.Message-ID"]); // 32 bits at the least
    }

    [Fact]
    [Trait("Section", "RFC 5438 7.1.1.2")]
    public async Task AMessageThatWantsReceiptsSaysWhenItWasSent()
    {
        var (_, message) = await SendAsync(ImdnRequests.PositiveDelivery);
        Assert.Matches(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$", message["DateTime"]);
    }

    [Fact]
    [Trait("Section", "RFC 5438 7.1.2")]
    public async Task AReceiptIsAboutTheMessageThatItNames()
    {
        var receipts = new Arrivals<Receipt>();
        await using var alice = await lobby.ClientAsync("alice", client => client.ReceiptReceived += receipts.Add);
        await using var bob = await lobby.RegisterAsync("bob");
        var (sent, message) = await SendAsync(alice, bob, ImdnRequests.PositiveDelivery);
        await bob.RequestAsync("MESSAGE", Alice, ReceiptText.ContentType, ReceiptText.Delivered(Bob, Alice, message["imdn.Message-ID"]));
        var receipt = await receipts.NextAsync();
        Assert.Equal((sent.MessageId, Bob, ImdnStatus.Delivered), (receipt.MessageId, receipt.From, receipt.Status));
    }

    private async Task<(SentMessage Sent, CpimText Message)> SendAsync(ImdnRequests receipts)
    {
        await using var bob = await lobby.RegisterAsync("bob");
        return await SendAsync(lobby.Appliance.Client("alice"), bob, receipts);
    }

    private static async Task<(SentMessage Sent, CpimText Message)> SendAsync(ImClient alice, WireUser bob, ImdnRequests receipts)
    {
        var sending = alice.SendAsync(Bob, "with receipts", new SendOptions { Receipts = receipts });
        var message = await bob.IncomingAsync("MESSAGE");
        await bob.RespondAsync(message, 200, "OK", tag: "b1");
        Assert.Equal("message/cpim", message["Content-Type"]);
        return (await sending, CpimText.Read(message.Body));
    }
}
