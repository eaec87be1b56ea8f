using System.Globalization;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Sip;

/// <summary>Contacts and how they are compared (RFC 3261 sections 10.2, 19.1 and 20.10), and the connection that they came over (RFC 5626).</summary>
public sealed class BindingTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Text = "Content-Type: text/plain\r\n";

    [Theory]
    [InlineData("<{0}>;expires=300", "Expires: 500\r\n", 300)] // its own time beats that of the header
    [InlineData("<{0}>", "Expires: 500\r\n", 500)]
    [InlineData("\"D, \\\"D\\\" <d>\" <{0}>;q=0.5;expires=300", "", 300)]
    [InlineData("<{0}>;expires=4294967295", "", 7200)]
    [Trait("Section", "RFC 3261 10.2.1.1")]
    [Trait("Section", "RFC 3261 20.10")]
    [Trait("Section", "RFC 3261 20.19")]
    public async Task AContactIsBoundForTheTimeThatItAsksFor(string contact, string headers, int seconds)
    {
        await using var dave = await lobby.ConnectAsync("dave");
        var response = await RegisterAsync(dave, $"Contact: {contact.Replace("{0}", dave.ContactUri, StringComparison.Ordinal)}\r\n{headers}");
        Assert.InRange(Seconds(response, dave.ContactUri), seconds - 2, seconds);
        await ForgetAsync(dave);
    }

    [Fact]
    [Trait("Section", "RFC 3261 10.2")]
    public async Task WhoNamesNoTimeIsBoundForOurs()
    {
        await using var dave = await lobby.ConnectAsync("dave");
        var response = await RegisterAsync(dave, $"Contact: <{dave.ContactUri}>\r\n");
        Assert.InRange(Seconds(response, dave.ContactUri), 60, 3600);
        await ForgetAsync(dave);
    }

    [Fact]
    [Trait("Section", "RFC 3261 20.10")]
    public async Task WithoutBracketsTheParametersAreTheHeaders()
    {
        await using var dave = await lobby.ConnectAsync("dave");
        var uri = $"sip:bare@{dave.Local}";
        var response = await RegisterAsync(dave, $"Contact: {uri};expires=300\r\n");
        Assert.InRange(Seconds(response, uri), 298, 300);
        Assert.Equal(400, (await RegisterAsync(dave, "Contact: <sip:dave@127.0.0.1\r\n")).Status);
        await ForgetAsync(dave);
    }

    [Theory]
    [InlineData("expires=0", "")]
    [InlineData("q=1", "Expires: 0\r\n")]
    [Trait("Section", "RFC 3261 10.2.2")]
    public async Task ATimeOfZeroUnbindsOneContact(string parameter, string headers)
    {
        await using var dave = await lobby.ConnectAsync("dave");
        await RegisterAsync(dave, $"Contact: <{dave.ContactUri}>, <sip:second@{dave.Local}>\r\n");
        var response = await RegisterAsync(dave, $"Contact: <sip:second@{dave.Local}>;{parameter}\r\n{headers}");
        Assert.Equal([dave.ContactUri], response.All("Contact").Select(static value => value.Split('<', '>')[1]));
        await ForgetAsync(dave);
    }

    [Theory]
    [InlineData("sip:d%61ve@example.com", "sip:dave@EXAMPLE.com", true)]
    [InlineData("sip:dave@example.com;a=1;b=2", "sip:dave@example.com;B=2;A=1", true)]
    [InlineData("sip:dave@example.com;a=1", "sip:dave@example.com", true)] // a parameter of one only is passed over
    [InlineData("sip:dave@example.com?a=1&b=2", "sip:dave@example.com?b=2&a=1", true)]
    [InlineData("sip:dave@example.com", "sip:Dave@example.com", false)]
    [InlineData("sip:dave@example.com", "sip:dave@example.com:5060", false)]
    [InlineData("sip:dave@example.com", "sips:dave@example.com", false)]
    [InlineData("sip:dave@example.com;user=phone", "sip:dave@example.com", false)]
    [InlineData("sip:dave@example.com;a=1", "sip:dave@example.com;a=2", false)]
    [InlineData("sip:dave@example.com?a=1", "sip:dave@example.com", false)]
    [InlineData("sip:dave@example.com", "sip:dave:secret@example.com", false)]
    [Trait("Section", "RFC 3261 19.1.4")]
    public Task ContactsAreComparedByTheirParts(string one, string other, bool same) => IsOneContactAsync(one, other, same);

    [Theory]
    [InlineData("sip:dave@[2001:db8::9:1]", "sip:dave@[2001:DB8::9:01]", true)]
    [InlineData("sip:dave@[2001:db8::9:1]", "sip:dave@[2001:0db8:0:0:0:0:9:1]", true)]
    [InlineData("sip:dave@[2001:db8::9:1]", "sip:dave@[2001:db8::9:2]", false)]
    [InlineData("sip:dave@[::ffff:192.0.2.10]", "sip:dave@[::ffff:c000:020a]", true)]
    [Trait("Section", "RFC 5954 4.2")]
    public Task AddressesOfVersion6AreComparedByTheirValue(string one, string other, bool same) => IsOneContactAsync(one, other, same);

    [Fact]
    [Trait("Section", "RFC 3261 19.1.5")]
    public async Task ARequestToAContactHasNoHeadersInItsAddress()
    {
        await using var dave = await lobby.ConnectAsync("dave");
        await RegisterAsync(dave, $"Contact: <{dave.ContactUri}?Subject=hello>\r\n");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", dave.Address, Text, "where to?");
        var message = await dave.IncomingAsync("MESSAGE");
        Assert.Equal(dave.ContactUri, message.RequestUri);
        await dave.RespondAsync(message, 200, "OK", tag: "d1");
        await sending;
        await ForgetAsync(dave);
    }

    [Theory]
    [InlineData("sip:localhost?Subject=hello", 400)]
    [InlineData("sip:alice:@localhost", 401)] // an empty password
    [InlineData("sip:a;b?c/d+e$f&g=h,i:p%20w@localhost:5060;lr;x=%41", 401)]
    [InlineData("sip:localhost:70000", 400)]
    [InlineData("sip:", 400)]
    [InlineData("sip:alice@", 400)]
    [InlineData("sip:alice@local*host", 400)]
    [Trait("Section", "RFC 3261 19.1.1")]
    public async Task AnAddressOfARequestHasNoHeadersAndIsOfTheGrammar(string uri, int status)
    {
        await using var user = await lobby.ConnectAsync("alice");
        await user.SendAsync(new RequestText("REGISTER", user.Local.ToString(), WireUser.NewId()) { Transport = "TCP", Uri = uri }.ToString());
        var response = await user.NextAsync(static message => message.IsResponse, "answer");
        Assert.Equal(status, response.Status == 407 ? 401 : response.Status);
    }

    [Fact]
    [Trait("Section", "RFC 3261 19.1")]
    [Trait("Section", "RFC 3261 19.1.4")]
    public async Task ANeedlessEscapeAndCapitalsOfTheHostNameTheSameUser()
    {
        await using var dave = await lobby.RegisterAsync("dave");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", "sip:%64ave@LocalHost;transport=tcp", Text, "the same");
        await dave.RespondAsync(await dave.IncomingAsync("MESSAGE"), 200, "OK", tag: "d1");
        Assert.Equal(200, (await sending).Status);
        Assert.Equal(404, (await alice.RequestAsync("MESSAGE", "sip:Dave@localhost", Text, "another")).Status);
        await ForgetAsync(dave);
    }

    [Fact]
    [Trait("Section", "RFC 5626 2")]
    [Trait("Section", "RFC 5626 5.3")]
    public async Task ARequestGoesOverTheConnectionThatRegisteredWhateverTheContactSays()
    {
        await using var dave = await lobby.ConnectAsync("dave");
        await RegisterAsync(dave, "Contact: <sip:dave@192.0.2.7:5999;transport=tcp>\r\n");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", dave.Address, Text, "over the connection");
        var message = await dave.IncomingAsync("MESSAGE");
        Assert.Equal("sip:dave@192.0.2.7:5999;transport=tcp", message.RequestUri);
        await dave.RespondAsync(message, 200, "OK", tag: "d1");
        Assert.Equal(200, (await sending).Status);
        await ForgetAsync(dave);
    }

    [Fact]
    [Trait("Section", "RFC 5626 5.3")]
    public async Task AConnectionThatHasFailedIsNoWayAnyMore()
    {
        var dave = await lobby.RegisterAsync("dave");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", dave.Address, Text, "are you there?");
        await dave.IncomingAsync("MESSAGE");
        await dave.DisposeAsync();
        Assert.Equal(480, (await sending).Status);
        Assert.Equal(480, (await alice.RequestAsync("MESSAGE", "sip:dave@localhost", Text, "no more")).Status);
    }

    [Fact]
    [Trait("Section", "RFC 3327 4")]
    public async Task APathIsPassedOverUnlessItIsRequired()
    {
        await using var dave = await lobby.ConnectAsync("dave");
        const string Path = "Path: <sip:edge.example.com;lr>\r\n";
        var response = await RegisterAsync(dave, $"Contact: <{dave.ContactUri}>\r\n{Path}");
        Assert.Equal((200, ""), (response.Status, response["Path"]));
        response = await RegisterAsync(dave, $"Contact: <{dave.ContactUri}>\r\n{Path}Require: path\r\n");
        Assert.Equal((420, "path"), (response.Status, response["Unsupported"]));
        await ForgetAsync(dave);
    }

    private static Task<SipText> RegisterAsync(WireUser user, string headers) => user.RequestAsync("REGISTER", "sip:localhost", headers, to: user.Address);

    private static Task<SipText> ForgetAsync(WireUser user) => RegisterAsync(user, "Contact: *\r\nExpires: 0\r\n");

    private static int Seconds(SipText response, string uri) => int.Parse(
        response.All("Contact").Single(value => value.StartsWith($"<{uri}>", StringComparison.Ordinal)).Split(";expires=")[1], CultureInfo.InvariantCulture);

    private async Task IsOneContactAsync(string one, string other, bool same)
    {
        await using var dave = await lobby.ConnectAsync("dave");
        await ForgetAsync(dave);
        WireUser.Expect(await RegisterAsync(dave, $"Contact: <{one}>\r\n"), 200);
        var response = await RegisterAsync(dave, $"Contact: <{other}>\r\n");
        Assert.Equal((200, same ? 1 : 2), (response.Status, response.All("Contact").Count()));
        await ForgetAsync(dave);
    }
}
