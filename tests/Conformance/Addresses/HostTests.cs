using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Addresses;

/// <summary>Hosts as clients write them into descriptions, paths and addresses (RFC 1035, RFC 3986).</summary>
public sealed class HostTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Theory]
    [InlineData(255, 200)]
    [InlineData(256, 488)]
    [Trait("Section", "RFC 1035 2.3.4")]
    public async Task AHostHas255CharactersAtMost(int length, int status)
    {
        var host = string.Concat(Enumerable.Repeat("abcdefghijklmno.", 16))[..(length - 1)] + "x";
        await using var bob = await lobby.ConnectAsync("bob");
        var dialog = await bob.InviteAsync(Lobby.Room, SdpText.Msrp(SdpText.Path()).Replace("c=IN IP4 127.0.0.1", "c=IN IP4 " + host, StringComparison.Ordinal));
        Assert.Equal(status, dialog.Response.Status);
        await dialog.ByeAsync();
    }

    [Theory]
    [InlineData("[2001:db8::7]")]
    [InlineData("[::ffff:192.0.2.1]")]
    [Trait("Section", "RFC 3986 3.2.2")]
    public async Task AnAddressInBracketsIsAHost(string host)
    {
        var path = SdpText.Path(host: host);
        await using var bob = await WireMember.BoundAsync(lobby.Appliance.Host.SipTcp, "bob", Lobby.Room, path: path);
        await using var alice = await lobby.JoinAsync("alice");
        await bob.SayAsync("six1", Lobby.Cpim("bob", "by six"));
        Assert.Equal(200, await bob.StatusAsync("six1"));
        Assert.EndsWith("by six", (await alice.Msrp.MessageAsync()).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[2001:db8::7")]
    [InlineData("two words")]
    [InlineData("")]
    [Trait("Section", "RFC 3986 3.2.2")]
    public async Task WhatIsNoHostMakesNoPath(string host)
    {
        await using var bob = await lobby.ConnectAsync("bob");
        var offer = SdpText.Msrp("msrp://127.0.0.1:9/abcdefgh;tcp").Replace("msrp://127.0.0.1:", $"msrp://{host}:", StringComparison.Ordinal);
        Assert.Equal(488, (await bob.InviteAsync(Lobby.Room, offer)).Response.Status);
    }

    [Theory]
    [InlineData("sip:bob@[2001:db8::7]", 404)]
    [InlineData("sip:bob@[2001:db8::7::1]", 400)]
    [InlineData("sip:bob@[2001:db8]", 400)]
    [Trait("Section", "RFC 3986 3.2.2")]
    public async Task AnAddressInBracketsHasEightGroups(string uri, int status)
    {
        await using var alice = await lobby.ConnectAsync("alice");
        Assert.Equal(status, (await alice.RequestAsync("MESSAGE", uri, "Content-Type: text/plain\r\n", "hello")).Status);
    }
}
