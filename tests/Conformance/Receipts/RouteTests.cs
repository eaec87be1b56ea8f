using System.Xml.Linq;
using OmaIm.Client;
using OmaIm.Client.Receipts;
using OmaIm.Protocols.Imdn;
using OmaIm.Tests.EndToEnd.Im;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Receipts;

/// <summary>Where receipts go, which of them say something, and which are not sent (RFC 5438 sections 6, 8.1, 11 and 14).</summary>
public sealed class RouteTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Alice = "sip:alice@localhost";
    private const string Bob = "sip:bob@localhost";
    private const string Carol = "sip:carol@localhost";
    private static readonly XNamespace Imdn = ReceiptText.Namespace;

    private readonly Arrivals<ImMessage> _messages = new();
    private readonly Arrivals<Receipt> _receipts = new();

    [Fact]
    [Trait("Section", "RFC 5438 6.3")]
    public async Task TheSameIdOfTwoSendersIsOfTwoMessages()
    {
        await using var alice = await lobby.RegisterAsync("alice");
        await using var carol = await lobby.RegisterAsync("carol");
        await using var bob = await lobby.ClientAsync("bob", client => client.MessageReceived += _messages.Add);
        foreach (var sender in new[] { alice, carol })
        {
            await SendAsync(sender, Bob, ReceiptText.Message(sender.Address, Bob, "same", "positive-delivery", "from " + sender.User));
            Assert.Equal("from " + sender.User, (await _messages.NextAsync()).Text);
            Assert.Contains("<message-id>same</message-id>", (await TakeAsync(sender)).Content, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Section", "RFC 5438 6.4")]
    public async Task AReceiptNamesWhomTheMessageWasFirstAddressedTo()
    {
        await using var alice = await lobby.RegisterAsync("alice");
        await using var bob = await lobby.ClientAsync("bob", client => client.MessageReceived += _messages.Add);
        await SendAsync(alice, Bob, With(ReceiptText.Message(Alice, Bob, "first", "positive-delivery", "hello"), "imdn.Original-To: <sip:sales@localhost>"));
        var document = Document(await TakeAsync(alice));
        Assert.Equal("sip:sales@localhost", (string?)document.Element(Imdn + "original-recipient-uri"));
    }

    [Fact]
    [Trait("Section", "RFC 5438 6.5")]
    public async Task AReceiptGoesBackByTheRouteThatIsRecorded()
    {
        await using var carol = await lobby.RegisterAsync("carol");
        await using var alice = await lobby.ConnectAsync("alice");
        await using var bob = await lobby.ClientAsync("bob", client => client.MessageReceived += _messages.Add);
        await SendAsync(alice, Bob, With(ReceiptText.Message(Alice, Bob, "routed", "positive-delivery", "hello"), $"imdn.IMDN-Record-Route: <{Carol}>\r\nimdn.IMDN-Record-Route: <sip:dave@localhost>"));
        var receipt = await TakeAsync(carol);
        Assert.Equal($"<{Alice}>", receipt["To"]);
        Assert.Equal("routed", (string?)Document(receipt).Element(Imdn + "message-id"));
    }

    [Fact]
    [Trait("Section", "RFC 5438 6.6")]
    public async Task AReceiptSaysWhichWayItHasStillToGo()
    {
        await using var carol = await lobby.RegisterAsync("carol");
        await using var alice = await lobby.ConnectAsync("alice");
        await using var bob = await lobby.ClientAsync("bob", client => client.MessageReceived += _messages.Add);
        await SendAsync(alice, Bob, With(ReceiptText.Message(Alice, Bob, "way", "positive-delivery", "hello"), $"imdn.IMDN-Record-Route: <{Carol}>\r\nimdn.IMDN-Record-Route: <sip:dave@localhost>"));
        var routes = (await TakeAsync(carol)).Headers.Where(static header => header.Name == "imdn.IMDN-Route").Select(static header => header.Value);
        Assert.Equal([$"<{Carol}>", "<sip:dave@localhost>"], routes);
    }

    [Theory]
    [InlineData("processed", ImdnStatus.Processed)]
    [InlineData("stored", ImdnStatus.Stored)]
    [InlineData("forbidden", ImdnStatus.Forbidden)]
    [InlineData("error", ImdnStatus.Error)]
    [Trait("Section", "RFC 5438 8.1")]
    public async Task AProcessingNotificationPassesAndIsTold(string word, ImdnStatus status)
    {
        await using var alice = await lobby.ClientAsync("alice", client => client.ReceiptReceived += _receipts.Add);
        await using var bob = await lobby.ConnectAsync("bob");
        var sent = await AskAsync(alice);
        await SendAsync(bob, Alice, Notification(sent, "processing", word));
        var receipt = await _receipts.NextAsync();
        Assert.Equal((sent, ImdnKind.Processing, status), (receipt.MessageId, receipt.Kind, receipt.Status));
    }

    [Theory]
    [InlineData("display", "delivered")]
    [InlineData("delivery", "displayed")]
    [InlineData("processing", "failed")]
    [InlineData("delivery", "lost-forever")]
    [Trait("Section", "RFC 5438 11.1.9")]
    public async Task AStatusThatItsKindDoesNotHaveSaysNothing(string kind, string word)
    {
        await using var alice = await lobby.ClientAsync("alice", client => client.ReceiptReceived += _receipts.Add);
        await using var bob = await lobby.ConnectAsync("bob");
        var sent = await AskAsync(alice);
        await bob.RequestAsync("MESSAGE", Alice, ReceiptText.ContentType, Notification(sent, kind, word));
        await SendAsync(bob, Alice, Notification(sent, "delivery", "failed"));
        Assert.Equal((ImdnKind.Delivery, ImdnStatus.Failed), await NextAsync());
    }

    [Fact]
    [Trait("Section", "RFC 5438 14.2")]
    public async Task WhoKeepsToHimselfThatHeHasReadSendsNoDisplayNotification()
    {
        await using var alice = await lobby.RegisterAsync("alice");
        await using var receipts = new MessageReceipts(new MemoryJournal(), new ReceiptOptions { SendsDisplay = false });
        await using var bob = lobby.Appliance.Client("bob", out _, receipts.Configure);
        receipts.Attach(bob);
        bob.MessageReceived += _messages.Add;
        await bob.RegisterAsync();
        await SendAsync(alice, Bob, ReceiptText.Message(Alice, Bob, "secret", "display", "hello"));
        await receipts.DisplayedAsync(await _messages.NextAsync());
        await SendAsync(alice, Bob, ReceiptText.Message(Alice, Bob, "open", "positive-delivery", "hello"));
        Assert.Equal("open", (string?)Document(await TakeAsync(alice)).Element(Imdn + "message-id"));
    }

    private async Task<(ImdnKind Kind, ImdnStatus Status)> NextAsync()
    {
        var receipt = await _receipts.NextAsync();
        return (receipt.Kind, receipt.Status);
    }

    /// <summary>Our client asks bob for receipts; the id of the message.</summary>
    private async Task<string> AskAsync(ImClient alice)
    {
        await using var bob = await lobby.RegisterAsync("bob");
        var sending = alice.SendAsync(Bob, "what becomes of it?", new SendOptions { Receipts = ImdnRequests.PositiveDelivery | ImdnRequests.Processing });
        await bob.RespondAsync(await bob.IncomingAsync("MESSAGE"), 200, "OK", tag: "b1");
        return (await sending).MessageId;
    }

    private static string Notification(string about, string kind, string word) => ReceiptText.Delivered(Bob, Alice, about)
        .Replace("delivery-notification", kind + "-notification", StringComparison.Ordinal).Replace("<delivered/>", $"<{word}/>", StringComparison.Ordinal);

    private static string With(string message, string headers) => message.Replace("imdn.Message-ID", headers + "\r\nimdn.Message-ID", StringComparison.Ordinal);

    private static async Task SendAsync(WireUser sender, string to, string body) =>
        WireUser.Expect(await sender.RequestAsync("MESSAGE", to, ReceiptText.ContentType, body), 200);

    private static async Task<CpimText> TakeAsync(WireUser user)
    {
        var message = await user.IncomingAsync("MESSAGE");
        await user.RespondAsync(message, 200, "OK", tag: "t1");
        return CpimText.Read(message.Body);
    }

    private static XElement Document(CpimText notification) => XDocument.Load(new StringReader(notification.Content)).Root!;
}
