using System.Xml.Linq;
using OmaIm.Client;
using OmaIm.Tests.EndToEnd.Im;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Receipts;

/// <summary>The receipts that our client sends, and those that it does not (RFC 5438 sections 7.2, 11 and 13).</summary>
public sealed class RecipientTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Alice = "sip:alice@localhost";
    private const string Bob = "sip:bob@localhost";
    private static readonly XNamespace Imdn = ReceiptText.Namespace;

    private readonly Arrivals<ImMessage> _messages = new();

    [Fact]
    [Trait("Section", "RFC 5438 7.2.1.1")]
    public async Task ADeliveryNotificationGoesToTheSender()
    {
        await using var alice = await lobby.RegisterAsync("alice");
        await using var bob = await ListenAsync();
        await SendAsync(alice, ReceiptText.Message(Alice, Bob, "m1", "positive-delivery", "hello"));
        var notification = await NotificationAsync(alice);
        Assert.Contains(Bob, notification["From"], StringComparison.Ordinal);
        Assert.Contains(Alice, notification["To"], StringComparison.Ordinal);
        Assert.Equal("message/imdn+xml", notification.OfContent("Content-Type").Split(';')[0]);
        Assert.Equal("notification", notification.OfContent("Content-Disposition"));
        Assert.NotNull(Document(notification).Descendants(Imdn + "delivered").Single());
    }

    [Fact]
    [Trait("Section", "RFC 5438 11.1")]
    public async Task ANotificationNamesTheMessageItsTimeAndTheRecipient()
    {
        await using var alice = await lobby.RegisterAsync("alice");
        await using var bob = await ListenAsync();
        await SendAsync(alice, ReceiptText.Message(Alice, Bob, "m2", "positive-delivery", "hello"));
        var document = Document(await NotificationAsync(alice));
        Assert.Equal(Imdn + "imdn", document.Name);
        Assert.Equal(("m2", Bob), ((string?)document.Element(Imdn + "message-id"), (string?)document.Element(Imdn + "recipient-uri")));
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.Zero), (DateTimeOffset?)document.Element(Imdn + "datetime"));
        string[] order = ["message-id", "datetime", "recipient-uri", "original-recipient-uri", "subject", "delivery-notification"];
        var names = document.Elements().Select(element => Array.IndexOf(order, element.Name.LocalName)).ToList();
        Assert.Equal(names.Order(), names);
        Assert.DoesNotContain(-1, names);
    }

    [Fact]
    [Trait("Section", "RFC 5438 7.2.1")]
    public async Task NothingIsNotifiedUnasked()
    {
        await using var alice = await lobby.RegisterAsync("alice");
        await using var bob = await ListenAsync();
        await SendAsync(alice, ReceiptText.Message(Alice, Bob, "unasked1", "", "hello"));
        await SendAsync(alice, ReceiptText.Message(Alice, Bob, "unasked2", "negative-delivery", "hello"));
        await SendAsync(alice, ReceiptText.Message(Alice, Bob, "asked", "positive-delivery", "hello"));
        Assert.Equal("asked", await NotifiedAsync(alice));
    }

    [Fact]
    [Trait("Section", "RFC 5438 7.2.1")]
    public async Task ANotificationIsNeverNotifiedOf()
    {
        await using var alice = await lobby.RegisterAsync("alice");
        await using var bob = await ListenAsync();
        await SendAsync(alice, ReceiptText.Delivered(Alice, Bob, "whatever", "positive-delivery"));
        await SendAsync(alice, ReceiptText.Message(Alice, Bob, "behind", "positive-delivery", "hello"));
        Assert.Equal("behind", await NotifiedAsync(alice));
    }

    [Fact]
    [Trait("Section", "RFC 5438 7.2.1.2")]
    public async Task ADisplayNotificationComesWhenTheMessageIsShownAndWasAskedFor()
    {
        await using var alice = await lobby.RegisterAsync("alice");
        await using var bob = await ListenAsync();
        await SendAsync(alice, ReceiptText.Message(Alice, Bob, "shown1", "", "hello"));
        await SendAsync(alice, ReceiptText.Message(Alice, Bob, "shown2", "display", "hello"));
        for (var i = 0; i < 2; i++)
        {
            var showing = bob.MarkDisplayedAsync(await _messages.NextAsync());
            if (i == 1)
            {
                var document = Document(await NotificationAsync(alice));
                Assert.Equal("shown2", (string?)document.Element(Imdn + "message-id"));
                Assert.NotNull(document.Element(Imdn + "display-notification")!.Descendants(Imdn + "displayed").Single());
            }

            await showing;
        }
    }

    [Fact]
    [Trait("Section", "RFC 5438 13")]
    public async Task WithinASessionTheNotificationGoesOverTheSession()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        await using var bob = await lobby.ClientAsync("dave");
        var accepted = SessionSteps.AcceptNext(bob);
        var path = SdpText.Path();
        var dialog = await alice.InviteAsync("sip:dave@localhost", SdpText.Msrp(path));
        await using var msrp = await WireMsrp.ConnectAsync(SdpText.Hop(dialog.Answer));
        (msrp.To, msrp.From) = (SdpText.Attribute(dialog.Answer, "path"), path);
        await msrp.FlushAsync();
        await accepted;
        var message = ReceiptText.Message(Alice, "sip:dave@localhost", "insession", "positive-delivery", "hello");
        await msrp.SendAsync(MsrpText.Send("in01", msrp.To, msrp.From, "Msgin01", message, $"1-{message.Length}/{message.Length}"));
        var notification = await msrp.MessageAsync();
        Assert.Equal("insession", (string?)Document(CpimText.Read(notification.Body!)).Element(Imdn + "message-id"));
        await msrp.RespondAsync(notification);
        await dialog.ByeAsync();
    }

    private Task<ImClient> ListenAsync() => lobby.ClientAsync("bob", client => client.MessageReceived += _messages.Add);

    private static async Task SendAsync(WireUser alice, string body) =>
        WireUser.Expect(await alice.RequestAsync("MESSAGE", Bob, ReceiptText.ContentType, body), 200);

    private static async Task<CpimText> NotificationAsync(WireUser alice)
    {
        var message = await alice.IncomingAsync("MESSAGE");
        await alice.RespondAsync(message, 200, "OK", tag: "a1");
        Assert.Equal("message/cpim", message["Content-Type"]);
        return CpimText.Read(message.Body);
    }

    private static async Task<string?> NotifiedAsync(WireUser alice) => (string?)Document(await NotificationAsync(alice)).Element(Imdn + "message-id");

    private static XElement Document(CpimText notification) => XDocument.Load(new StringReader(notification.Content)).Root!;
}
