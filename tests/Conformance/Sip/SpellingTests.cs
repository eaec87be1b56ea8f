using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Sip;

/// <summary>How messages may be written, and how not (RFC 3261 sections 7, 18.3 and 25).</summary>
public sealed class SpellingTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Bob = "sip:bob@localhost";

    [Theory]
    [InlineData("OPTIONS", "options", 501)] // methods are told apart by case
    [InlineData("sip:localhost SIP/2.0", " sip:localhost SIP/2.0", 400)]
    [InlineData("sip:localhost SIP/2.0", "sip:localhost  SIP/2.0", 400)]
    [InlineData("sip:localhost SIP/2.0", "<sip:localhost> SIP/2.0", 400)]
    [InlineData("sip:localhost SIP/2.0", "sip:localhost SIP/3.0", 505)]
    [InlineData("sip:localhost SIP/2.0", "sip:localhost sip/2.0", 401)] // the version is not
    [Trait("Section", "RFC 3261 7.1")]
    public async Task ARequestLineIsMethodUriAndVersion(string part, string written, int status) =>
        Assert.Equal(status, (await AskAsync(text => text.Replace(part, written, StringComparison.Ordinal))).Status);

    [Theory]
    [InlineData("48 Busy")]
    [InlineData("4860 Busy")]
    [InlineData("700 Busy")]
    [Trait("Section", "RFC 3261 7.2")]
    public async Task AStatusCodeHasThreeDigitsAndThePhraseMayBeEmpty(string wrong)
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", Bob, "Content-Type: text/plain\r\n", "?");
        var message = await bob.IncomingAsync("MESSAGE");
        await bob.SendAsync(message.Answer(486, "Busy", tag: "b1").Replace("486 Busy", wrong, StringComparison.Ordinal));
        await bob.SendAsync(message.Answer(488, "", tag: "b1"));
        Assert.Equal(488, (await sending).Status);
        await bob.RequestAsync("REGISTER", "sip:localhost", "Contact: *\r\nExpires: 0\r\n", to: Bob);
    }

    [Fact]
    [Trait("Section", "RFC 3261 7.3.1")]
    public async Task AFoldedLineIsOne()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", Bob, "Subject: one\r\n  and\r\n\ttwo\r\nContent-Type: text/plain\r\n", "folded");
        var message = await bob.IncomingAsync("MESSAGE");
        Assert.Equal(["one", "and", "two"], message["Subject"].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)); // all space is one
        await bob.RespondAsync(message, 200, "OK", tag: "b1");
        Assert.Equal(200, (await sending).Status);
    }

    [Theory]
    [InlineData("Contact: <{0}1>, <{0}2>\r\n")]
    [InlineData("Contact: <{0}1>\r\nExpires: 600\r\nContact: <{0}2>\r\n")]
    [InlineData("cONTACT :  <{0}1> ,\r\n <{0}2>\r\n")]
    [Trait("Section", "RFC 3261 7.3.1")]
    public async Task SeveralLinesAreOneListAndNamesAreOfAnyCase(string headers)
    {
        await using var dave = await lobby.ConnectAsync("dave");
        var contact = $"sip:dave@{dave.Local};transport=tcp;n=";
        var response = await RegisterAsync(dave, headers.Replace("{0}", contact, StringComparison.Ordinal));
        Assert.Equal((200, 2), (response.Status, response.All("Contact").Count(value => value.Contains(contact, StringComparison.Ordinal))));
        await RegisterAsync(dave, "Contact: *\r\nExpires: 0\r\n");
    }

    [Theory]
    [InlineData("Max-Forwards: 70\r\n")]
    [InlineData("Expires: 60\r\n")]
    [InlineData("Content-Type: text/plain\r\n")]
    [InlineData("Event: conference\r\n")]
    [InlineData("Call-ID: again@test\r\n")]
    [InlineData("To: <sip:localhost>\r\n")]
    [Trait("Section", "RFC 3261 7.3.1")]
    public async Task WhatMayStandOnceStandsOnce(string header) =>
        Assert.Equal(400, (await AskAsync(text => text.Replace("CSeq:", header + header + "CSeq:", StringComparison.Ordinal))).Status);

    [Fact]
    [Trait("Section", "RFC 3261 7.3.1")]
    public async Task AParameterStandsOnce() =>
        Assert.Equal(400, (await AskAsync(static text => text.Replace(";tag=a1", ";tag=a1;tag=a2", StringComparison.Ordinal))).Status);

    [Fact]
    [Trait("Section", "RFC 3261 7.3.3")]
    public async Task AMessageInCompactFormsIsTheSame()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        alice.Spelling = Compact;
        var sending = alice.RequestAsync("MESSAGE", Bob, "Accept-Contact: *;methods=\"MESSAGE\"\r\nSubject: short\r\nContent-Type: text/html\r\n", "<b>short</b>");
        var message = await bob.IncomingAsync("MESSAGE");
        Assert.Equal(("<b>short</b>", alice.Address), (message.Body, message.Uri(message["From"].Length > 0 ? "From" : "f")));
        await bob.RespondAsync(message, 200, "OK", tag: "b1");
        Assert.Equal(200, (await sending).Status);
    }

    [Fact]
    [Trait("Section", "RFC 3261 7.3.3")]
    public async Task ContactAndExtensionsHaveCompactFormsToo()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        alice.Spelling = Compact;
        var dialog = await alice.InviteAsync(Lobby.Room, SdpText.Msrp(SdpText.Path()), "Supported: timer\r\nSession-Expires: 600\r\n");
        Assert.Equal((200, "600;refresher=uac"), (dialog.Response.Status, dialog.Response["Session-Expires"]));
        var subscribed = await dialog.RequestAsync("SUBSCRIBE", $"Contact: <{alice.ContactUri}>\r\nEvent: conference\r\nExpires: 600\r\n");
        Assert.Equal(200, subscribed.Status);
        await alice.RespondAsync(await alice.IncomingAsync("NOTIFY"), 200, "OK");
        await dialog.ByeAsync();
    }

    [Fact]
    [Trait("Section", "RFC 3261 7.4.1")]
    public async Task ABodyHasAType()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        var response = await alice.RequestAsync("MESSAGE", Bob, body: "of no type");
        Assert.Equal(400, response.Status);
        Assert.Contains("Content-Type", response.StartLine, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 3261 7.5")]
    public async Task EmptyLinesInFrontOfAMessageAreNothing()
    {
        using var user = new DatagramUser(lobby.Appliance.Host.SipUdp);
        await user.SendAsync("\r\n\r\n\r\n" + new RequestText("OPTIONS", user.Local.ToString(), WireUser.NewId()));
        Assert.Equal(401, (await user.NextAsync()).Status);
    }

    [Theory]
    [InlineData(";tag=a1", ";x=\"a, b; \\\"c\\\" <d>\";tag=a1", 401)]
    [InlineData("From: <", "From: \"A. \\\"L\\\" <sip:x>, y\" <", 401)]
    [InlineData("From: <", "From: A. L <", 401)] // tokens
    [InlineData("From: <", "From: A, L <", 400)] // what separates stands in quotes
    [InlineData(";tag=a1", " ; tag = a1", 401)] // SEMI and EQUAL
    [InlineData(";tag=a1", ";tag=a 1", 400)]
    [InlineData("OPTIONS\r\n", "   OPTIONS\r\n", 401)]
    [InlineData("SIP/2.0/", "SIP / 2.0 / ", 401)] // SLASH
    [InlineData("To: <sip:localhost>", "To: <sip:[2001:db8::1]:5060>", 401)]
    [InlineData("To: <sip:localhost>", "To: <sip:[2001:db8::1>", 400)]
    [InlineData("To: <sip:localhost>", "To: <sip:b%6fb@localhost>", 401)]
    [InlineData("To: <sip:localhost>", "To: <sip:b%6@localhost>", 400)]
    [InlineData("To: <sip:localhost>", "To: <sip:-bob.-@-localhost>", 400)]
    [Trait("Section", "RFC 3261 25.1")]
    public async Task TheGrammarOfTokensQuotesAndSpace(string part, string written, int status) =>
        Assert.Equal(status, (await AskAsync(text => text.Replace(part, written, StringComparison.Ordinal))).Status);

    [Theory]
    [InlineData("[::1]")]
    [InlineData("[2001:db8::9:1]")]
    [InlineData("[::ffff:192.0.2.10]")] // an address of version 4 within
    [Trait("Section", "RFC 5118 4.1")]
    [Trait("Section", "RFC 5954 4.1")]
    public async Task AddressesOfVersion6StandInBrackets(string host)
    {
        Assert.Equal(401, (await AskAsync(text => text.Replace("To: <sip:localhost>", $"To: <sip:bob@{host}>", StringComparison.Ordinal))).Status);
        Assert.Equal(400, (await AskAsync(text => text.Replace("To: <sip:localhost>", $"To: <sip:bob@{host.Trim('[', ']')}>", StringComparison.Ordinal))).Status);
    }

    [Theory]
    [InlineData("[2001:db8:::1]")]
    [InlineData("[2001:db8::192.0.2.1:1]")]
    [InlineData("[1:2:3:4:5:6:7:8:9]")]
    [InlineData("[::1::]")]
    [Trait("Section", "RFC 5118 4.5")]
    [Trait("Section", "RFC 5954 4.1")]
    public async Task WhatIsNoAddressOfVersion6IsRefused(string host) =>
        Assert.Equal(400, (await AskAsync(text => text.Replace("To: <sip:localhost>", $"To: <sip:bob@{host}>", StringComparison.Ordinal))).Status);

    private static Task<SipText> RegisterAsync(WireUser user, string headers) => user.RequestAsync("REGISTER", "sip:localhost", headers, to: user.Address);

    // Without credentials: what is written well is asked for them.
    private async Task<SipText> AskAsync(Func<string, string> write)
    {
        await using var user = await lobby.ConnectAsync("alice");
        await user.SendAsync(write(new RequestText("OPTIONS", user.Local.ToString(), WireUser.NewId()) { Transport = "TCP" }.ToString()));
        return await user.NextAsync(static message => message.IsResponse, "answer");
    }

    private static string Compact(string text)
    {
        (string Long, string Short)[] forms =
        [
            ("Via", "v"), ("From", "f"), ("To", "t"), ("Call-ID", "i"), ("Contact", "m"), ("Content-Type", "c"), ("Content-Length", "l"), ("Subject", "s"),
            ("Supported", "k"), ("Session-Expires", "x"), ("Event", "o"), ("Accept-Contact", "a"),
        ];
        return forms.Aggregate(text, static (text, form) => text.Replace($"\r\n{form.Long}:", $"\r\n{form.Short}:", StringComparison.Ordinal));
    }
}
