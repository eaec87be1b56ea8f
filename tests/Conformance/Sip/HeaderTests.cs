using System.Globalization;
using OmaIm.Tests.Conformance.Rooms;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Sip;

/// <summary>What headers of a request lead to (RFC 3261 section 20).</summary>
public sealed class HeaderTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Bob = "sip:bob@localhost";

    [Theory]
    [InlineData("text/plain, application/conference-info+xml;q=0.5", 200)]
    [InlineData("application/*", 200)]
    [InlineData("*/*", 200)]
    [InlineData("text/*", 406)]
    [InlineData("", 406)] // nothing at all
    [Trait("Section", "RFC 3261 20.1")]
    public async Task AcceptSaysWhatIsTaken(string accept, int status)
    {
        await using var alice = await lobby.JoinAsync("alice");
        Assert.Equal(status, (await RosterText.SubscribeAsync(alice, headers: $"Accept: {accept}\r\n")).Status);
    }

    [Theory]
    [InlineData("0", 483)]
    [InlineData("255", 401)]
    [InlineData("256", 400)]
    [InlineData("many", 400)]
    [Trait("Section", "RFC 3261 20.22")]
    [Trait("Section", "RFC 3261 16.3")]
    public async Task MaxForwardsIsHowOftenItMayBePassedOn(string value, int status) =>
        Assert.Equal(status, (await AskAsync(text => text.Replace("Max-Forwards: 70", "Max-Forwards: " + value, StringComparison.Ordinal))).Status);

    [Theory]
    [InlineData("Require: gruu\r\n", "gruu")]
    [InlineData("Require: timer, gruu, path\r\n", "gruu, path")]
    [InlineData("Proxy-Require: sec-agree\r\n", "sec-agree")]
    [InlineData("Require: gruu\r\nProxy-Require: sec-agree\r\n", "gruu, sec-agree")]
    [Trait("Section", "RFC 3261 20.32")]
    [Trait("Section", "RFC 3261 20.29")]
    [Trait("Section", "RFC 3261 20.40")]
    public async Task WhatIsRequiredAndNotKnownIsNamed(string headers, string unsupported)
    {
        var response = await AskAsync(text => text.Replace("CSeq:", headers + "CSeq:", StringComparison.Ordinal));
        Assert.Equal((420, unsupported), (response.Status, response["Unsupported"]));
    }

    [Theory]
    [InlineData("\r\n", 10, 200)]
    [InlineData("\r\nExpires: 60\r\n", 10, 200)]
    [InlineData("\r\nExpires: 60\r\n", -120, 480)] // it is over
    [InlineData("\r\nExpires: 600\r\n", -120, 200)]
    [Trait("Section", "RFC 3261 20.17")]
    [Trait("Section", "RFC 3261 20.19")]
    public async Task AMessageIsGoodUntilItsTimeCountedFromItsDate(string expires, int age, int status)
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var date = DateTimeOffset.UtcNow.AddSeconds(age).ToString("R", CultureInfo.InvariantCulture);
        var sending = alice.RequestAsync("MESSAGE", Bob, $"Date: {date}{expires}Content-Type: text/plain\r\n", "in time?");
        if (status == 200)
        {
            var message = await bob.IncomingAsync("MESSAGE");
            Assert.Equal(date, message["Date"]);
            await bob.RespondAsync(message, 200, "OK", tag: "b1");
        }

        Assert.Equal(status, (await sending).Status);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("60 s")]
    [Trait("Section", "RFC 3261 20.19")]
    public async Task ExpiresIsANumberOfSeconds(string value) =>
        Assert.Equal(400, (await AskAsync(text => text.Replace("CSeq:", $"Expires: {value}\r\nCSeq:", StringComparison.Ordinal))).Status);

    [Theory]
    [InlineData("Application/SDP", 200)]
    [InlineData("application / sdp ; charset=\"utf-8\"", 200)]
    [InlineData("application", 400)]
    [InlineData("/sdp", 400)]
    [InlineData("application/sdp;=utf-8", 400)]
    [InlineData("text/plain", 415)]
    [Trait("Section", "RFC 3261 20.15")]
    public async Task TheTypeOfABodyIsReadByItsGrammar(string type, int status)
    {
        await using var alice = await lobby.ConnectAsync("alice");
        var dialog = await alice.InviteAsync(Lobby.Room, SdpText.Msrp(SdpText.Path()), contentType: type);
        Assert.Equal(status, dialog.Response.Status);
        if (status == 200)
        {
            await dialog.ByeAsync();
        }
        else if (status == 415)
        {
            Assert.Contains("application/sdp", dialog.Response["Accept"], StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Section", "RFC 3261 20.11")]
    [Trait("Section", "RFC 3261 20.24")]
    [Trait("Section", "RFC 3261 20.36")]
    public async Task WhatIsSaidOfABodyReachesWhoGetsIt()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        (string Name, string Value)[] said = [("Content-Disposition", "render;handling=optional"), ("MIME-Version", "1.0"), ("Subject", "caf\u00c3\u00a9")];
        var sending = alice.RequestAsync("MESSAGE", Bob, string.Concat(said.Select(static header => $"{header.Name}: {header.Value}\r\n")) + "Content-Type: text/plain\r\n", "as it is");
        var message = await bob.IncomingAsync("MESSAGE");
        Assert.Equal(said, said.Select(header => (header.Name, message[header.Name])));
        await bob.RespondAsync(message, 200, "OK", tag: "b1");
        await sending;
    }

    [Theory]
    [InlineData("SIP / 2.0 / UDP {0}", "")]
    [InlineData("SIP/2.0/UDP {0}", ", SIP/2.0/TCP 198.51.100.7 ;branch=z9hG4bKbelow;x=\"a, b\"")]
    [Trait("Section", "RFC 3261 20.42")]
    public async Task AViaIsReadByItsGrammarAndTheTopOneSaysWhereItCameFrom(string via, string below)
    {
        using var user = new DatagramUser(lobby.Appliance.Host.SipUdp);
        var id = WireUser.NewId();
        var request = new RequestText("OPTIONS", user.Local.ToString(), id).ToString();
        await user.SendAsync(request.Replace($"SIP/2.0/UDP {user.Local};branch=z9hG4bK{id};rport", via.Replace("{0}", "client.example.com", StringComparison.Ordinal) + $" ; branch = z9hG4bK{id};rport{below}", StringComparison.Ordinal));
        var vias = string.Join(", ", (await user.NextAsync()).All("Via"));
        Assert.Contains($";rport={user.Local.Port.ToString(CultureInfo.InvariantCulture)}", vias.Split(',')[0], StringComparison.Ordinal);
        Assert.Contains(";received=127.0.0.1", vias.Split(',')[0], StringComparison.Ordinal);
        Assert.Contains($"branch=z9hG4bK{id}", vias.Split(',')[0].Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.EndsWith(below.Length == 0 ? "" : "x=\"a, b\"", vias, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 3261 20.43")]
    public async Task AWarningHasANumberAnAgentAndAText()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        var response = await alice.RequestAsync("MESSAGE", Bob, "Content-Type: text/plain\r\n", new string('x', 20_000));
        Assert.Matches("^[1-9][0-9]{2} localhost \"[^\"\\\\]+\"$", response["Warning"]);
    }

    [Fact]
    [Trait("Section", "RFC 3261 20.35")]
    public async Task AnAnswerNamesTheServer()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        Assert.Equal("IM-serv/OMA2.0 OmaIm", (await alice.RequestAsync("OPTIONS", Lobby.Room))["Server"]);
    }

    [Theory]
    [InlineData("id;user", true)]
    [InlineData("none", false)]
    [InlineData("header;session", false)]
    [Trait("Section", "RFC 3323 4.2")]
    public async Task PrivacyIsAListWithSemicolons(string privacy, bool isUnnamed)
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", Bob, $"Privacy: {privacy}\r\nContent-Type: text/plain\r\n", "who?");
        var message = await bob.IncomingAsync("MESSAGE");
        Assert.Equal(isUnnamed ? "sip:anonymous@anonymous.invalid" : alice.Address, message.Uri("From"));
        await bob.RespondAsync(message, 200, "OK", tag: "b1");
        Assert.Equal(200, (await sending).Status);
    }

    [Theory]
    [InlineData("id, user")]
    [InlineData("id\r\nPrivacy: user")]
    [InlineData("\"id\"")]
    [Trait("Section", "RFC 3323 4.2")]
    public async Task APrivacyThatCannotBeReadIsRefused(string privacy)
    {
        await using var alice = await lobby.ConnectAsync("alice");
        Assert.Equal(400, (await alice.RequestAsync("MESSAGE", Bob, $"Privacy: {privacy}\r\nContent-Type: text/plain\r\n", "who?")).Status);
    }

    [Theory]
    [InlineData("P-Asserted-Identity", "\"Carol\" <sip:carol@localhost>, <tel:+49301234567>")]
    [InlineData("P-Preferred-Identity", "<sip:carol@localhost>")]
    [Trait("Section", "RFC 3325 9.1")]
    [Trait("Section", "RFC 3325 9.2")]
    public async Task AnIdentityOfTheSendersOwnMakingGoesNoFurther(string header, string identity)
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", Bob, $"{header}: {identity}\r\nContent-Type: text/plain\r\n", "who?");
        var message = await bob.IncomingAsync("MESSAGE");
        Assert.DoesNotContain("carol", message.ToString(), StringComparison.Ordinal);
        await bob.RespondAsync(message, 200, "OK", tag: "b1");
        await sending;
    }

    private async Task<SipText> AskAsync(Func<string, string> write)
    {
        await using var user = await lobby.ConnectAsync("alice");
        await user.SendAsync(write(new RequestText("OPTIONS", user.Local.ToString(), WireUser.NewId()) { Transport = "TCP" }.ToString()));
        return await user.NextAsync(static message => message.IsResponse, "answer");
    }
}
