using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Rooms;

/// <summary>Nicknames on the wire (RFC 7701 section 7, RFC 8266).</summary>
public sealed class NicknameTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Fact]
    [Trait("Section", "RFC 7701 7.4")]
    public async Task ANicknameStandsInTheRoster()
    {
        await using var bob = await lobby.JoinAsync("bob");
        Assert.Equal(200, await AskAsync(bob, "nick1", "\"Bob the great\""));
        var document = await RosterText.FetchAsync(bob);
        var own = document.Descendants(RosterText.Namespace + "user").Single(static user => (string?)user.Attribute("entity") == "sip:bob@localhost");
        Assert.Equal("Bob the great", (string?)own.Element(RosterText.Namespace + "display-text"));
    }

    [Fact]
    [Trait("Section", "RFC 7701 7.1")]
    public async Task ATakenNicknameIs425()
    {
        await using var alice = await lobby.JoinAsync("alice");
        await using var bob = await lobby.JoinAsync("bob");
        Assert.Equal(200, await AskAsync(alice, "nick1", "\"Ace\""));
        Assert.Equal(425, await AskAsync(bob, "nick2", "\"Ace\""));
    }

    [Theory]
    [InlineData("\"ACE high\"")]
    [InlineData("\"Ace  High\"")]
    [InlineData("\" Ace High \"")]
    [Trait("Section", "RFC 8266 2.4")]
    public async Task WhatLooksTheSameIsTheSame(string other)
    {
        await using var alice = await lobby.JoinAsync("alice");
        await using var bob = await lobby.JoinAsync("bob");
        Assert.Equal(200, await AskAsync(alice, "nick1", "\"Ace High\""));
        Assert.Equal(425, await AskAsync(bob, "nick2", other));
    }

    [Fact]
    [Trait("Section", "RFC 7701 7.1")]
    public async Task TheNameOfAnotherAccountIs425()
    {
        await using var bob = await lobby.JoinAsync("bob");
        Assert.Equal(425, await AskAsync(bob, "nick1", "\"Alice\""));
    }

    [Fact]
    [Trait("Section", "RFC 7701 7.1")]
    public async Task WhatIsNoNicknameIs424()
    {
        await using var bob = await lobby.JoinAsync("bob");
        Assert.Equal(424, await AskAsync(bob, "nick1", "\"   \""));
    }

    [Fact]
    [Trait("Section", "RFC 7701 7.2")]
    public async Task ANewNicknameFreesTheOneBefore()
    {
        await using var alice = await lobby.JoinAsync("alice");
        await using var bob = await lobby.JoinAsync("bob");
        Assert.Equal(200, await AskAsync(alice, "nick1", "\"Queen\""));
        Assert.Equal(200, await AskAsync(alice, "nick2", "\"King\""));
        Assert.Equal(200, await AskAsync(bob, "nick3", "\"Queen\""));
    }

    [Fact]
    [Trait("Section", "RFC 7701 7.3")]
    public async Task AnEmptyNicknameGivesItUp()
    {
        await using var alice = await lobby.JoinAsync("alice");
        await using var bob = await lobby.JoinAsync("bob");
        Assert.Equal(200, await AskAsync(alice, "nick1", "\"Jack\""));
        Assert.Equal(200, await AskAsync(alice, "nick2", "\"\""));
        Assert.Equal(200, await AskAsync(bob, "nick3", "\"Jack\""));
    }

    /// <summary>Asks for a nickname, in quotes.</summary>
    internal static async Task<int> AskAsync(WireMember member, string id, string nickname)
    {
        await member.Msrp.SendAsync(MsrpText.Request("NICKNAME", id, member.Msrp.To, member.Msrp.From, "Use-Nickname: " + MsrpText.Utf8(nickname)));
        return await member.StatusAsync(id);
    }
}
