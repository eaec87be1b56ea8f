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

    private static Task<SipText> SendAsync(WireUser sender, params string[] recipients) => sender.RequestAsync(
        "MESSAGE", Exploder, "Require: recipient-list-message\r\nContent-Type: multipart/mixed;boundary=b1\r\n",
        "--b1\r\nContent-Type: text/plain\r\n\r\nto all of you\r\n--b1\r\nContent-Type: application/resource-lists+xml\r\nContent-Disposition: recipient-list\r\n\r\n"
        + "<?xml version=\"1.0\" encoding=\"UTF-8\"?><resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list>"
        + string.Concat(recipients.Select(static uri => $"<entry uri=\"{uri}\"/>")) + "</list></resource-lists>\r\n--b1--\r\n");
}
