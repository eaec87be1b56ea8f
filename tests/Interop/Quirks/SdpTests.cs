using System.Globalization;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Interop.Quirks;

/// <summary>What clients in the field say of their MSRP sessions in SDP.</summary>
public sealed class SdpTests(QuirkRoom room) : IClassFixture<QuirkRoom>
{
    [Theory]
    [InlineData("Google", "maxsize")]
    [InlineData("RFC 4975", "max-size")]
    [Trait("Section", "RFC 4975 8.6")]
    public async Task AMessageBeyondAClientsMaximumDoesNotReachIt(string client, string attribute)
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance, path => SdpText.Msrp(path, "active", $"a={attribute}:1000"));
        await room.Alice.SendAsync(new string('x', 4000));
        var said = await room.SaysAsync();
        var first = (await dave.Msrp.MessageAsync()).Body!;
        Assert.True(first.EndsWith(said, StringComparison.Ordinal), $"{client}: {first}");
    }

    [Theory]
    [InlineData("rcsjta leaves setup out and connects", null, "passive")]
    [InlineData("Doubango offers actpass and is always active", "actpass", "passive")]
    [InlineData("the 2026 client offers actpass and has no listener", "actpass", "passive")]
    [InlineData("active in capitals", "ACTIVE", "passive")]
    [InlineData("active behind a blank", " active", "passive")]
    [Trait("Section", "RFC 6135 4")]
    public async Task WhoeverMayConnectIsLetConnect(string client, string? setup, string answered)
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance, path => SdpText.Msrp(path, setup));
        Assert.True(SdpText.Attribute(dave.Dialog.Answer, "setup") == answered, client);
    }

    [Theory]
    [InlineData("a DNS name", "client.example.net:7654")]
    [InlineData("a DNS name without a port", "client.example.net")]
    [InlineData("a private address", "192.168.7.11:7654")]
    [InlineData("no address at all", "0.0.0.0:9")]
    [InlineData("an IPv6 address in brackets", "[2001:db8::7]:2855")]
    [InlineData("user information", "dave@127.0.0.1:9")]
    [Trait("Section", "RFC 4975 6.1")]
    public async Task APathThatNamesOtherThanTheConnectionsAddressIsMatchedByItsSession(string what, string authority)
    {
        var path = $"msrp://{authority}/s-_+/=1{WireUser.NewId()};tcp";
        await using var dave = await QuirkClient.BoundAsync(room.Appliance, offered => SdpText.Msrp(offered).Replace(
            "m=message " + offered.Split("://")[1].Split('/')[0].Split(':')[^1], "m=message 9", StringComparison.Ordinal), path);
        await dave.SayAsync("path1", QuirkClient.Cpim(what));
        await room.HearsAsync(what);
        await room.SaysAsync();
        Assert.Equal(path, (await dave.Msrp.MessageAsync()).ToPath);
    }

    [Fact]
    [Trait("Section", "RFC 4975 5.4")]
    public async Task ABorderControllerThatChangedHostAndPortOfTheFromPathIsForgiven()
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance);
        dave.Msrp.From = dave.Msrp.From.Replace("127.0.0.1:9", "203.0.113.9:4711", StringComparison.Ordinal);
        await dave.SayAsync("sbc1", QuirkClient.Cpim("through a border controller"));
        await room.HearsAsync("through a border controller");
    }

    [Fact]
    [Trait("Section", "RFC 4145 4.1")]
    public async Task Port9OfAnActiveClientIsNoRejectedStream()
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance, static path => SdpText.Msrp(path));
        Assert.DoesNotContain("m=message 0 ", dave.Dialog.Answer, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 4975 8.6")]
    public async Task FreeSwitchOffersWildcardsInBothLists()
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance, static path => SdpText.Session(
            "127.0.0.1", "m=message 9 TCP/MSRP *", "a=path:" + path,
            "a=accept-types:message/cpim text/* application/im-iscomposing+xml", "a=accept-wrapped-types:*", "a=setup:active"));
        var said = await room.SaysAsync();
        Assert.Contains(said, (await dave.Msrp.MessageAsync()).Body!, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 7701 8")]
    public async Task QualcommSendsAChatroomListWithABlankInFrontAndATokenOfItsOwn()
    {
        await using var dave = await QuirkClient.BoundAsync(
            room.Appliance, static path => SdpText.Msrp(path, "active", "a=chatroom: nickname private-messages closedgroupchat"));
        await room.Alice.SendPrivateAsync("sip:dave@localhost", "privately");
        Assert.Contains("privately", (await dave.Msrp.MessageAsync()).Body!, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 4975 8.6")]
    public async Task SamsungsBasebandOverflowsBeyondTwelveTokensOfAList()
    {
        await using var dave = await QuirkClient.JoinAsync(room.Appliance);
        foreach (var list in new[] { "accept-types", "accept-wrapped-types", "chatroom" })
        {
            Assert.InRange(SdpText.Attribute(dave.Dialog.Answer, list).Split(' ').Length, 1, 12);
        }
    }

    [Fact]
    [Trait("Section", "RFC 4975 8.1")]
    public async Task OurOwnLinesAgreeWithEachOtherAndTheOriginIsNumeric()
    {
        await using var dave = await QuirkClient.JoinAsync(room.Appliance);
        var lines = dave.Dialog.Answer.Split("\r\n");
        var hop = SdpText.Hop(dave.Dialog.Answer);
        Assert.Contains($"c=IN IP4 {hop.Address}", lines);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"m=message {hop.Port} TCP/MSRP *"), lines);
        var origin = lines.Single(static line => line.StartsWith("o=", StringComparison.Ordinal)).Split(' ');
        Assert.All(origin[1..3], static number => Assert.All(number, static digit => Assert.True(char.IsAsciiDigit(digit))));
    }

    [Fact]
    [Trait("Section", "RFC 4976 3")]
    public async Task AClientBehindARelayNamesTwoHopsAndIsAddressedByBoth()
    {
        var relay = SdpText.Path();
        var path = relay + " " + SdpText.Path(port: 7654, host: "10.0.0.7");
        await using var dave = await QuirkClient.BoundAsync(room.Appliance, offered => SdpText.Msrp(offered.Split(' ')[0]).Replace("a=path:" + relay, "a=path:" + path, StringComparison.Ordinal), path);
        var said = await room.SaysAsync();
        var frame = await dave.Msrp.MessageAsync();
        Assert.Equal(path, frame.ToPath);
        Assert.Contains(said, frame.Body!, StringComparison.Ordinal);

        // An answer goes to the previous hop only (RFC 4975 section 7.2), a REPORT all the way back (section 7.1.2).
        await dave.SayAsync("hops1", QuirkClient.Cpim("over two hops"), "message/cpim", "Success-Report: yes");
        Assert.Equal(relay, (await dave.Msrp.AnswerAsync("hops1")).ToPath);
        Assert.Equal(path, (await dave.Msrp.RequestAsync("REPORT")).ToPath);
        await room.HearsAsync("over two hops");
    }
}
