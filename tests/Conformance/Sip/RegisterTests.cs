using System.Text.RegularExpressions;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Sip;

/// <summary>Registering (RFC 3261 section 10.3), and proving who one is (RFC 3261 section 22, RFC 7616, RFC 8760).</summary>
public sealed partial class RegisterTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Fact]
    [Trait("Section", "RFC 3261 10.3")]
    public async Task TheAnswerListsAllContactsWithTheTimeThatIsLeft()
    {
        await using var phone = await lobby.RegisterAsync("carol");
        await using var laptop = await lobby.ConnectAsync("carol");
        var response = await RegisterAsync(laptop, $"Contact: <{laptop.ContactUri}>;expires=300\r\n");
        var contacts = response.All("Contact").ToList();
        Assert.Equal(2, contacts.Count);
        Assert.Contains(contacts, contact => contact.Contains(phone.ContactUri, StringComparison.Ordinal));
        Assert.Matches(";expires=(300|299|298)$", contacts.Single(contact => contact.Contains(laptop.ContactUri, StringComparison.Ordinal)));
        await RegisterAsync(laptop, "Contact: *\r\nExpires: 0\r\n");
    }

    [Fact]
    [Trait("Section", "RFC 3261 10.3")]
    public async Task AStarRemovesAllContactsAndStandsAloneWithExpiresZero()
    {
        await using var dave = await lobby.RegisterAsync("dave");
        Assert.Equal(400, (await RegisterAsync(dave, "Contact: *\r\nExpires: 60\r\n")).Status);
        Assert.Equal(400, (await RegisterAsync(dave, $"Contact: *\r\nContact: <{dave.ContactUri}>\r\nExpires: 0\r\n")).Status);
        var response = await RegisterAsync(dave, "Contact: *\r\nExpires: 0\r\n");
        Assert.Equal((200, ""), (response.Status, response["Contact"]));
    }

    [Fact]
    [Trait("Section", "RFC 3261 10.3")]
    [Trait("Section", "RFC 3261 20.23")]
    public async Task ATooShortRegistrationIs423WithTheShortest()
    {
        await using var dave = await lobby.ConnectAsync("dave");
        var response = await RegisterAsync(dave, $"Contact: <{dave.ContactUri}>;expires=1\r\n");
        Assert.Equal(423, response.Status);
        Assert.Matches("^[0-9]+$", response["Min-Expires"]);
    }

    [Fact]
    [Trait("Section", "RFC 3261 10.3")]
    public async Task NobodyRegistersAnother()
    {
        await using var dave = await lobby.ConnectAsync("dave");
        Assert.Equal(403, (await dave.RequestAsync("REGISTER", "sip:localhost", $"Contact: <{dave.ContactUri}>\r\n", to: "sip:alice@localhost")).Status);
    }

    [Fact]
    [Trait("Section", "RFC 3261 8.2.2.3")]
    public async Task WhatIsRequiredAndNotKnownIs420ByName()
    {
        await using var dave = await lobby.ConnectAsync("dave");
        var response = await RegisterAsync(dave, "Require: gruu, timer\r\n");
        Assert.Equal((420, "gruu"), (response.Status, response["Unsupported"]));
    }

    [Fact]
    [Trait("Section", "RFC 8760 2.3")]
    public async Task TheStrongerChallengeComesFirst()
    {
        await using var dave = await lobby.ConnectAsync("dave");
        var challenges = (await ChallengeAsync(dave)).All("WWW-Authenticate").ToList();
        Assert.Equal(2, challenges.Count);
        Assert.Contains("algorithm=SHA-256", challenges[0], StringComparison.Ordinal);
        Assert.Contains("algorithm=MD5", challenges[1], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 7616 3.3")]
    public async Task AChallengeWantsQopAndHasANonceOfItsOwn()
    {
        await using var dave = await lobby.ConnectAsync("dave");
        var (first, second) = (await ChallengeAsync(dave), await ChallengeAsync(dave));
        Assert.Contains("qop=\"auth\"", first["WWW-Authenticate"], StringComparison.Ordinal);
        Assert.NotEqual(Nonce(first), Nonce(second));
    }

    [Fact]
    [Trait("Section", "RFC 7616 3.4.6")]
    public async Task CredentialsCountOnce()
    {
        await using var dave = await lobby.ConnectAsync("dave");
        WireUser.Expect(await RegisterAsync(dave, ""), 200);
        await using var thief = await lobby.ConnectAsync("dave");
        await thief.SendAsync(dave.LastRequest.Replace("branch=z9hG4bK", "branch=z9hG4bKagain", StringComparison.Ordinal));
        var response = await thief.NextAsync(static message => message.IsResponse, "answer");
        Assert.Equal(401, response.Status);
        Assert.Contains("stale=true", response["WWW-Authenticate"], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Trait("Section", "RFC 3261 22.4")]
    public async Task AWrongPasswordIsChallengedAgainWhoeverItIs()
    {
        foreach (var user in new[] { "dave", "nobody" })
        {
            await using var wrong = await WireUser.ConnectAsync(lobby.Appliance.Host.SipTcp, user, "wrong");
            var response = await RegisterAsync(wrong, "");
            Assert.Equal(401, response.Status);
            Assert.DoesNotContain("stale=true", response["WWW-Authenticate"], StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("Authorization: Digest username=\"dave\", realm=\"elsewhere\", nonce=\"x\", uri=\"sip:localhost\", response=\"00000000000000000000000000000000\"\r\n{0}")]
    [InlineData("{0}Authorization: Basic ZGF2ZTp4\r\n")]
    [Trait("Section", "RFC 3261 22.3")]
    public async Task CredentialsForOthersMayStandBesideOurs(string lines)
    {
        await using var dave = await lobby.ConnectAsync("dave");
        dave.Spelling = text => Authorization().Replace(text, match => lines.Replace("{0}", match.Value, StringComparison.Ordinal));
        WireUser.Expect(await RegisterAsync(dave, ""), 200);
    }

    [Theory]
    [InlineData("Authorization: Digest ", "Authorization:  DIGEST   ")]
    [InlineData(", realm=", " ,\r\n realm=")]
    [InlineData(", qop=auth", ", qop=\"auth\"")]
    [InlineData("algorithm=MD5", "algorithm=md5, x=y")]
    [Trait("Section", "RFC 3261 20.7")]
    [Trait("Section", "RFC 3261 25.1")]
    public async Task CredentialsAreReadByTheirGrammar(string part, string written)
    {
        await using var dave = await lobby.ConnectAsync("dave");
        dave.Spelling = text => text.Replace(part, written, StringComparison.Ordinal);
        WireUser.Expect(await RegisterAsync(dave, ""), 200);
    }

    [Fact]
    [Trait("Section", "RFC 3261 20.27")]
    [Trait("Section", "RFC 3261 20.28")]
    [Trait("Section", "RFC 3261 20.44")]
    public async Task WhatGoesOnToAUserIsChallengedByAProxyAndTheRestByTheServer()
    {
        await using var dave = await lobby.ConnectAsync("dave");
        dave.Spelling = static text => text.Replace("Proxy-Authorization:", "Authorization:", StringComparison.Ordinal);
        var response = await dave.RequestAsync("MESSAGE", "sip:dave@localhost", "Content-Type: text/plain\r\n", "?");
        Assert.Equal((407, ""), (response.Status, response["WWW-Authenticate"]));
        Assert.Matches("^Digest realm=\"localhost\", ", response["Proxy-Authenticate"]);
        Assert.Equal((401, ""), ((await ChallengeAsync(dave)).Status, (await ChallengeAsync(dave))["Proxy-Authenticate"]));
        Assert.Matches("^Digest realm=\"localhost\", ", (await ChallengeAsync(dave))["WWW-Authenticate"]);
    }

    [GeneratedRegex("Authorization: Digest [^\r]*\r\n")]
    private static partial Regex Authorization();

    private static Task<SipText> RegisterAsync(WireUser user, string headers) => user.RequestAsync("REGISTER", "sip:localhost", headers, to: user.Address);

    private static async Task<SipText> ChallengeAsync(WireUser user)
    {
        var id = WireUser.NewId();
        await user.SendAsync(
            $"REGISTER sip:localhost SIP/2.0\r\nVia: SIP/2.0/TCP {user.Local};branch=z9hG4bK{id}\r\nMax-Forwards: 70\r\nFrom: <{user.Address}>;tag=1\r\n"
            + $"To: <{user.Address}>\r\nCall-ID: {id}\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n");
        return await user.NextAsync(message => message["Call-ID"] == id, "challenge");
    }

    private static string Nonce(SipText challenge) => challenge["WWW-Authenticate"].Split("nonce=\"")[1].Split('"')[0];
}
