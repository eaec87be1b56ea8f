using OmaIm.Appliance.Configuration;
using OmaIm.Tests.EndToEnd;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Receipts;

/// <summary>What the server does with receipts, and with messages that want some (RFC 5438 sections 8 and 12.2).</summary>
public sealed class IntermediaryTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Alice = "sip:alice@localhost";
    private const string Bob = "sip:bob@localhost";

    [Fact]
    [Trait("Section", "RFC 5438 12.2")]
    public async Task AMessageThatWantsReceiptsAndTheReceiptPassAsTheyAre()
    {
        await using var alice = await lobby.RegisterAsync("alice");
        await using var bob = await lobby.RegisterAsync("bob");
        foreach (var (sender, receiver, body) in new[]
        {
            (alice, bob, ReceiptText.Message(Alice, Bob, "m1", "positive-delivery, display", "hello")),
            (bob, alice, ReceiptText.Delivered(Bob, Alice, "m1")),
        })
        {
            var sending = sender.RequestAsync("MESSAGE", receiver.Address, ReceiptText.ContentType, body);
            var message = await receiver.IncomingAsync("MESSAGE");
            Assert.Equal((body, "message/cpim"), (message.Body, message["Content-Type"]));
            await receiver.RespondAsync(message, 200, "OK", tag: "r1");
            Assert.Equal(200, (await sending).Status);
        }
    }

    [Fact]
    [Trait("Section", "RFC 5438 8")]
    public async Task AReceiptInARoomReachesWhoAskedForItAndNobodyElse()
    {
        await using var alice = await lobby.JoinAsync("alice");
        await using var bob = await lobby.JoinAsync("bob");
        await using var carol = await lobby.JoinAsync("carol");
        await bob.SayAsync("imdn1", ReceiptText.Delivered(Bob, Alice, "m1"));
        Assert.Equal(200, await bob.StatusAsync("imdn1"));
        await bob.SayAsync("next1", Lobby.Cpim("bob", "to all"));
        Assert.Contains("<message-id>m1</message-id>", (await alice.Msrp.MessageAsync()).Body, StringComparison.Ordinal);
        Assert.EndsWith("to all", (await carol.Msrp.MessageAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 5438 8")]
    public async Task AReceiptReachesAlsoWhoTakesNoPrivateMessages()
    {
        await using var alice = await lobby.JoinAsync("alice", static path => SdpText.Msrp(path, "active", "a=chatroom:nickname"));
        await using var bob = await lobby.JoinAsync("bob");
        await bob.SayAsync("imdn2", ReceiptText.Delivered(Bob, Alice, "m2"));
        Assert.Equal(200, await bob.StatusAsync("imdn2"));
        Assert.Contains("<message-id>m2</message-id>", (await alice.Msrp.MessageAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 5438 8.3")]
    public async Task ReceiptsForAMessageToAListMayComeTogether()
    {
        var appliance = new Gathering();
        await appliance.InitializeAsync();
        await using var alice = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "alice");
        await using var bob = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "bob");
        await using var carol = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "carol");
        var message = ReceiptText.Message(Alice, "sip:exploder@localhost", "list1", "positive-delivery", "to both");
        var sending = alice.RequestAsync(
            "MESSAGE", "sip:exploder@localhost", "Require: recipient-list-message\r\nContent-Type: multipart/mixed;boundary=b1\r\n",
            $"--b1\r\nContent-Type: message/cpim\r\n\r\n{message}\r\n--b1\r\nContent-Type: application/resource-lists+xml\r\nContent-Disposition: recipient-list\r\n\r\n"
            + $"<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list><entry uri=\"{bob.Address}\"/><entry uri=\"{carol.Address}\"/></list></resource-lists>\r\n--b1--\r\n");
        foreach (var recipient in new[] { bob, carol })
        {
            await recipient.RespondAsync(await recipient.IncomingAsync("MESSAGE"), 200, "OK", tag: "r1");
        }

        Assert.Equal(202, (await sending).Status);
        var receipts = new[] { bob, carol }
            .Select(user => user.RequestAsync("MESSAGE", Alice, ReceiptText.ContentType, ReceiptText.Delivered(user.Address, Alice, "list1"))).ToList();
        var gathered = await alice.IncomingAsync("MESSAGE");
        var cpim = CpimText.Read(gathered.Body);
        Assert.StartsWith("multipart/mixed", cpim.OfContent("Content-Type"), StringComparison.Ordinal);
        Assert.Contains($"<recipient-uri>{bob.Address}</recipient-uri>", cpim.Content, StringComparison.Ordinal);
        Assert.Contains($"<recipient-uri>{carol.Address}</recipient-uri>", cpim.Content, StringComparison.Ordinal);
        await alice.RespondAsync(gathered, 200, "OK", tag: "a1");
        Assert.All(await Task.WhenAll(receipts), static response => Assert.Equal(200, response.Status));
        await appliance.DisposeAsync();
    }

    private sealed class Gathering : RunningAppliance
    {
        protected override PagerSettings Pager => new() { ReceiptWindowMilliseconds = 2_000 };
    }
}
