using Xunit;

namespace OmaIm.Tests.Conformance.Pager;

/// <summary>Pager mode (RFC 3428).</summary>
public sealed class MessageTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Bob = "sip:bob@localhost";
    private const string Text = "Content-Type: text/plain\r\n";

    [Fact]
    [Trait("Section", "RFC 3428 4")]
    public async Task BodyTypeAndSenderArriveUnchanged()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", Bob, "Content-Type: text/html;charset=UTF-8\r\nSubject: kept\r\n", "<b>unchanged</b>");
        var message = await bob.IncomingAsync("MESSAGE");
        Assert.Equal(("<b>unchanged</b>", "text/html;charset=UTF-8", "kept"), (message.Body, message["Content-Type"], message["Subject"]));
        Assert.Equal((alice.Address, Bob), (message.Uri("From"), message.Uri("To")));
        await bob.RespondAsync(message, 200, "OK", tag: "b1");
        Assert.Equal(200, (await sending).Status);
    }

    [Fact]
    [Trait("Section", "RFC 3428 5")]
    public async Task TheRequestGoesToTheRegisteredContact()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", Bob, Text, "to the contact");
        var message = await bob.IncomingAsync("MESSAGE");
        Assert.Equal(bob.ContactUri, message.RequestUri);
        await bob.RespondAsync(message, 200, "OK", tag: "b1");
        await sending;
    }

    [Fact]
    [Trait("Section", "RFC 3428 5")]
    public async Task AllContactsGetTheMessageAndOneOfThemIsEnough()
    {
        await using var one = await lobby.RegisterAsync("bob");
        await using var other = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", Bob, Text, "to both");
        var message = await one.IncomingAsync("MESSAGE");
        await other.RespondAsync(await other.IncomingAsync("MESSAGE"), 486, "Busy", tag: "b2");
        await one.RespondAsync(message, 200, "OK", tag: "b1");
        Assert.Equal(200, (await sending).Status);
    }

    [Theory]
    [InlineData(486)]
    [InlineData(488)]
    [InlineData(415)]
    [InlineData(603)]
    [Trait("Section", "RFC 3428 7")]
    public async Task ARefusalOfTheOnlyContactReachesTheSender(int status)
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", Bob, Text, "refused");
        await bob.RespondAsync(await bob.IncomingAsync("MESSAGE"), status, tag: "b1");
        Assert.Equal(status, (await sending).Status);
        await bob.RequestAsync("REGISTER", "sip:localhost", "Contact: *\r\nExpires: 0\r\n", to: Bob);
    }

    [Fact]
    [Trait("Section", "RFC 3428 7")]
    public async Task AnAnswerToAMessageHasNeitherBodyNorContact()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", Bob, Text, "answered");
        await bob.RespondAsync(await bob.IncomingAsync("MESSAGE"), 200, "OK", tag: "b1");
        var response = await sending;
        Assert.Equal(("", ""), (response.Body, response["Contact"]));
    }

    [Fact]
    [Trait("Section", "RFC 3428 8")]
    public async Task AMessageTooLargeForPagerModeIs413AndSaysHowLargeItMayBe()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var response = await alice.RequestAsync("MESSAGE", Bob, Text, new string('x', 20_000));
        Assert.Equal(413, response.Status);
        Assert.Contains("Size exceeded", response["Warning"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 3261 21.4.18")]
    public async Task AUserWithoutContactsIsTemporarilyUnavailable()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        Assert.Equal(480, (await alice.RequestAsync("MESSAGE", "sip:carol@localhost", Text, "nobody there")).Status);
    }

    [Fact]
    [Trait("Section", "RFC 3261 21.4.5")]
    public async Task AnUnknownUserIsNotFound()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        Assert.Equal(404, (await alice.RequestAsync("MESSAGE", "sip:nobody@localhost", Text, "who")).Status);
    }

    [Fact]
    [Trait("Section", "RFC 3428 11")]
    public async Task AMessageInTheNameOfAnotherIsForbidden()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        Assert.Equal(403, (await alice.RequestAsync("MESSAGE", Bob, Text, "forged", from: "sip:carol@localhost")).Status);
    }

    [Fact]
    [Trait("Section", "RFC 3428 9")]
    public async Task AContactHasNoPlaceInAMessage()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", Bob, $"Contact: <{alice.ContactUri}>\r\n" + Text, "with a contact");
        var message = await bob.IncomingAsync("MESSAGE");
        Assert.Equal("", message["Contact"]);
        await bob.RespondAsync(message, 200, "OK", tag: "b1");
        await sending;
    }

    [Fact]
    [Trait("Section", "RFC 3261 16.6")]
    public async Task MaxForwardsIsLowerThanItWas()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", Bob, Text, "one hop further");
        var message = await bob.IncomingAsync("MESSAGE");
        Assert.Equal("69", message["Max-Forwards"]);
        await bob.RespondAsync(message, 200, "OK", tag: "b1");
        await sending;
    }

    [Fact]
    [Trait("Section", "RFC 3325 5")]
    public async Task AnIdentityThatTheSenderAssertsHimselfGoesNoFurther()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", Bob, "P-Asserted-Identity: <sip:carol@localhost>\r\n" + Text, "asserted");
        var message = await bob.IncomingAsync("MESSAGE");
        Assert.DoesNotContain("carol", message["P-Asserted-Identity"], StringComparison.Ordinal);
        await bob.RespondAsync(message, 200, "OK", tag: "b1");
        await sending;
    }
}
