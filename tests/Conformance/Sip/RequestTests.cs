using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Sip;

/// <summary>What every request must have, and what every answer takes from it (RFC 3261 section 8).</summary>
public sealed class RequestTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Bob = "sip:bob@localhost";

    [Theory]
    [InlineData("From")]
    [InlineData("To")]
    [InlineData("Call-ID")]
    [InlineData("CSeq")]
    [Trait("Section", "RFC 3261 8.1.1")]
    public async Task WithoutWhatEveryRequestHasItIsRefused(string header)
    {
        var response = await AskAsync(text => string.Join("\r\n", text.Split("\r\n").Where(line => !line.StartsWith(header + ":", StringComparison.Ordinal))));
        Assert.Equal(400, response.Status);
        Assert.Contains(header, response.StartLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2147483647 OPTIONS", 401)]
    [InlineData("2147483648 OPTIONS", 400)]
    [InlineData("-1 OPTIONS", 400)]
    [InlineData("1 INFO", 400)]
    [InlineData("OPTIONS", 400)]
    [Trait("Section", "RFC 3261 8.1.1.5")]
    [Trait("Section", "RFC 3261 20.16")]
    public async Task TheSequenceNumberHas31BitsAndTheMethodOfTheRequest(string value, int status) =>
        Assert.Equal(status, (await AskAsync(text => text.Replace("1 OPTIONS", value, StringComparison.Ordinal))).Status);

    [Fact]
    [Trait("Section", "RFC 3261 8.1.1.7")]
    public async Task EveryRequestOfOursHasABranchOfItsOwn()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var branches = new HashSet<string>();
        for (var i = 0; i < 3; i++)
        {
            var sending = alice.RequestAsync("MESSAGE", Bob, "Content-Type: text/plain\r\n", "branch");
            var message = await bob.IncomingAsync("MESSAGE");
            Assert.StartsWith($"SIP/2.0/TCP 127.0.0.1:{bob.Remote.Port};branch=z9hG4bK", message["Via"], StringComparison.Ordinal);
            branches.Add(message["Via"]);
            await bob.RespondAsync(message, 200, "OK", tag: "b1");
            await sending;
        }

        Assert.Equal(3, branches.Count);
    }

    [Theory]
    [InlineData("mailto:bob@localhost")]
    [InlineData("http://localhost/")]
    [InlineData("tel:+49301234567")]
    [Trait("Section", "RFC 3261 8.2.2.1")]
    public async Task AnAddressOfAnotherSchemeIs416(string uri) =>
        Assert.Equal(416, (await AskAsync(text => text.Replace("OPTIONS sip:localhost ", $"OPTIONS {uri} ", StringComparison.Ordinal))).Status);

    [Fact]
    [Trait("Section", "RFC 3261 8.2.2.2")]
    public async Task TheSameRequestByAnotherWayIs482()
    {
        using var user = new DatagramUser(lobby.Appliance.Host.SipUdp);
        var request = new RequestText("OPTIONS", user.Local.ToString(), WireUser.NewId());
        await user.SendAsync(request.ToString());
        Assert.Equal(401, (await user.NextAsync()).Status);
        await user.SendAsync((request with { Branch = request.Branch + "x" }).ToString());
        Assert.Equal(482, (await user.NextAsync()).Status);
    }

    [Fact]
    [Trait("Section", "RFC 3261 8.2.6.2")]
    [Trait("Section", "RFC 3261 20.8")]
    [Trait("Section", "RFC 3261 20.20")]
    [Trait("Section", "RFC 3261 20.39")]
    public async Task AnAnswerHasTheHeadersOfItsRequestAndATagOfOurs()
    {
        const string Below = "SIP/2.0/UDP 198.51.100.7:5070;branch=z9hG4bKbelow";
        var (from, to, callId) = ("\"A\" <sip:alice@localhost>;x=1;tag=a1", "Bob <sip:localhost>;y=2", "a-b.c~!%*_+`'<>:\\\"/[]?{}@d");
        var response = await AskAsync(text => Replace(text, ("From: <sip:alice@localhost>;tag=a1", "From: " + from), ("To: <sip:localhost>", "To: " + to), ("Max-Forwards", $"Via: {Below}\r\nMax-Forwards"), ("Call-ID: ", $"Call-ID: {callId}\r\nX: ")));
        Assert.Equal(from, response["From"]);
        Assert.Equal((callId, "1 OPTIONS", Below), (response["Call-ID"], response["CSeq"], response.All("Via").Last()));
        Assert.Contains("Bob", response["To"], StringComparison.Ordinal);
        Assert.Contains(";y=2;tag=", response["To"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 3261 19.3")]
    public async Task EveryRequestIsAnsweredUnderAnotherTagThatNobodyCanGuess()
    {
        var tags = new HashSet<string>();
        for (var i = 0; i < 3; i++)
        {
            tags.Add((await AskAsync(static text => text)).Tag("To"));
        }

        Assert.Equal(3, tags.Count);
        Assert.All(tags, static tag => Assert.True(tag.Length >= 8, tag)); // 32 bits at least
    }

    [Fact]
    [Trait("Section", "RFC 3261 8.2.7")]
    [Trait("Section", "RFC 3261 8.2.6.2")]
    public async Task WhatIsAnsweredWithoutMemoryIsAnsweredAlike()
    {
        using var user = new DatagramUser(lobby.Appliance.Host.SipUdp);
        var request = new RequestText("OPTIONS", user.Local.ToString(), WireUser.NewId()) { Headers = "Expires: soon\r\n" }.ToString();
        await user.SendAsync(request);
        var first = await user.NextAsync();
        await user.SendAsync(request);
        Assert.Equal(400, first.Status);
        Assert.NotEqual("", first.Tag("To"));
        Assert.Equal(first.ToString(), (await user.NextAsync()).ToString());
    }

    [Fact]
    [Trait("Section", "RFC 3261 9.2")]
    public async Task ACancelOfNothingIs481()
    {
        await using var user = await lobby.ConnectAsync("alice");
        await user.SendAsync(new RequestText("CANCEL", user.Local.ToString(), WireUser.NewId()) { Transport = "TCP" }.ToString());
        Assert.Equal(481, (await user.NextAsync(static message => message.IsResponse, "answer")).Status);
    }

    [Fact]
    [Trait("Section", "RFC 3261 11.2")]
    [Trait("Section", "RFC 3261 20.5")]
    [Trait("Section", "RFC 3261 20.37")]
    [Trait("Section", "RFC 6665 8.2.2")]
    public async Task OptionsTellWhatARoomCanDo()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        var response = await alice.RequestAsync("OPTIONS", Lobby.Room);
        Assert.Equal((200, "application/sdp"), (response.Status, response["Accept"]));
        Assert.Equal(["ACK", "BYE", "CANCEL", "INVITE", "OPTIONS", "REFER", "SUBSCRIBE", "UPDATE"], response["Allow"].Split(", ").Except(["MESSAGE"]).Order());
        Assert.Contains("timer", response["Supported"].Split(", "));
        Assert.Contains("conference", response["Allow-Events"].Split(", "));
    }

    [Fact]
    [Trait("Section", "RFC 3261 20.5")]
    public async Task AMethodThatIsNotForThisAddressIs405WithThoseThatAre()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        var response = await alice.RequestAsync("REGISTER", Lobby.Room, to: alice.Address);
        Assert.Equal(405, response.Status);
        Assert.Contains("INVITE", response["Allow"].Split(", "));
        Assert.DoesNotContain("REGISTER", response["Allow"].Split(", "));
    }

    [Fact]
    [Trait("Section", "RFC 3261 21.5.2")]
    public async Task AMethodThatNobodyKnowsIs501() => Assert.Equal(501, (await AskAsync(static text => text.Replace("OPTIONS", "FETCH", StringComparison.Ordinal))).Status);

    [Fact]
    [Trait("Section", "RFC 3903 11.3.2")]
    public async Task NothingIsPublishedHereAndWhatWasIsNamedOnce()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        const string Headers = "Event: presence\r\nExpires: 600\r\nSIP-If-Match: abc\r\n";
        Assert.Equal(405, (await alice.RequestAsync("PUBLISH", alice.Address, Headers)).Status);
        Assert.Equal(400, (await alice.RequestAsync("PUBLISH", alice.Address, Headers + "SIP-If-Match: def\r\n")).Status);
    }

    internal static string Replace(string text, params (string Old, string New)[] parts) =>
        parts.Aggregate(text, static (text, part) => text.Replace(part.Old, part.New, StringComparison.Ordinal));

    private async Task<SipText> AskAsync(Func<string, string> write)
    {
        await using var user = await lobby.ConnectAsync("alice");
        await user.SendAsync(write(new RequestText("OPTIONS", user.Local.ToString(), WireUser.NewId()) { Transport = "TCP" }.ToString()));
        return await user.NextAsync(static message => message.IsResponse, "answer");
    }
}
