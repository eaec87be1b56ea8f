using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Pager;

/// <summary>One MESSAGE to a list (RFC 5365).</summary>
public sealed class ListTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Exploder = "sip:exploder@localhost";

    [Fact]
    [Trait("Section", "RFC 5365 7.3")]
    public async Task EachRecipientGetsAMessageOfHisOwn()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var carol = await lobby.RegisterAsync("carol");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = SendAsync(alice, "sip:bob@localhost", "sip:carol@localhost");
        var (one, other) = (await bob.IncomingAsync("MESSAGE"), await carol.IncomingAsync("MESSAGE"));
        Assert.Equal(("to all of you", "text/plain", "sip:bob@localhost"), (one.Body, one["Content-Type"], one.Uri("To")));
        Assert.Equal(("to all of you", "sip:carol@localhost"), (other.Body, other.Uri("To")));
        Assert.Equal(("", ""), (one["Require"], other["Require"]));
        await bob.RespondAsync(one, 200, "OK", tag: "b1");
        await carol.RespondAsync(other, 200, "OK", tag: "c1");
        Assert.Equal(202, (await sending).Status);
    }

    [Fact]
    [Trait("Section", "RFC 5365 7.2")]
    public async Task TheSenderHearsWhoHasNotGotIt()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = SendAsync(alice, "sip:bob@localhost", "sip:dave@localhost");
        await bob.RespondAsync(await bob.IncomingAsync("MESSAGE"), 200, "OK", tag: "b1");
        var response = await sending;
        Assert.Equal(202, response.Status);
        Assert.Contains("dave", response["Warning"] + response.Body, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 5365 7.1")]
    public async Task ARequestThatDoesNotRequireTheExtensionIsRefused()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        var response = await alice.RequestAsync("MESSAGE", Exploder, "Content-Type: text/plain\r\n", "no list");
        Assert.InRange(response.Status, 400, 499);
    }

    [Fact]
    [Trait("Section", "RFC 5364 4")]
    public async Task RecipientsLearnOfThoseWhomTheSenderShowsThem()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = SendListAsync(
            alice, "<entry uri=\"sip:bob@localhost\" cp:copyControl=\"to\"/><entry uri=\"sip:carol@localhost\" cp:copyControl=\"to\" cp:anonymize=\"true\"/>"
            + "<entry uri=\"sip:dave@localhost\" cp:copyControl=\"bcc\"/>");
        var message = await bob.IncomingAsync("MESSAGE");
        Assert.Contains("Content-Disposition: recipient-list-history", message.Body, StringComparison.Ordinal);
        Assert.Contains("sip:bob@localhost", message.Body, StringComparison.Ordinal);
        Assert.Contains("sip:anonymous@anonymous.invalid", message.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("carol", message.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("dave", message.Body, StringComparison.Ordinal);
        await bob.RespondAsync(message, 200, "OK", tag: "b1");
        Assert.Equal(202, (await sending).Status);
    }

    [Fact]
    [Trait("Section", "RFC 5363 4.1")]
    public async Task NobodyGetsItTwice()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = SendAsync(alice, "sip:bob@localhost", "sip:bob@localhost");
        await bob.RespondAsync(await bob.IncomingAsync("MESSAGE"), 200, "OK", tag: "b1");
        Assert.Equal(202, (await sending).Status);
        WireUser.Expect(await bob.RequestAsync("OPTIONS", "sip:localhost"), 200);
        Assert.Single(bob.Received, static message => message.Method == "MESSAGE");
    }

    [Theory]
    [InlineData("tel:+1-201-555-0123", "tel:+1(201)555.0123", 1)]
    [InlineData("tel:+1-201-555-0123", "tel:+1-201-555-0124", 2)]
    [InlineData("tel:7042;phone-context=example.com", "tel:70-42;phone-context=EXAMPLE.com", 1)]
    [InlineData("tel:7042;phone-context=example.com", "tel:7042;phone-context=example.org", 2)]
    [Trait("Section", "RFC 3966 5")]
    public async Task ANumberIsTheSameHoweverItsDigitsAreGrouped(string one, string other, int missed)
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = SendAsync(alice, "sip:bob@localhost", one, other);
        await bob.RespondAsync(await bob.IncomingAsync("MESSAGE"), 200, "OK", tag: "b1");
        var response = await sending;
        Assert.Equal(202, response.Status);
        Assert.Equal(missed, response["Warning"].Split("tel:").Length - 1);
    }

    [Fact]
    [Trait("Section", "RFC 4826 3.1")]
    public async Task ListsWithinAListCount()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var carol = await lobby.RegisterAsync("carol");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = SendListAsync(alice, "<entry uri=\"sip:bob@localhost\"/><list name=\"friends\"><entry uri=\"sip:carol@localhost\"><display-name>Carol</display-name></entry></list>");
        foreach (var recipient in new[] { bob, carol })
        {
            await recipient.RespondAsync(await recipient.IncomingAsync("MESSAGE"), 200, "OK", tag: "r1");
        }

        Assert.Equal(202, (await sending).Status);
    }

    private static Task<SipText> SendAsync(WireUser sender, params string[] recipients) =>
        SendListAsync(sender, string.Concat(recipients.Select(static uri => $"<entry uri=\"{uri}\"/>")));

    private static Task<SipText> SendListAsync(WireUser sender, string entries) => sender.RequestAsync(
        "MESSAGE", Exploder, "Require: recipient-list-message\r\nContent-Type: multipart/mixed;boundary=b1\r\n",
        "--b1\r\nContent-Type: text/plain\r\n\r\nto all of you\r\n--b1\r\nContent-Type: application/resource-lists+xml\r\nContent-Disposition: recipient-list\r\n\r\n"
        + "<?xml version=\"1.0\" encoding=\"UTF-8\"?><resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\" "
        + $"xmlns:cp=\"urn:ietf:params:xml:ns:copycontrol\"><list>{entries}</list></resource-lists>\r\n--b1--\r\n");
}
