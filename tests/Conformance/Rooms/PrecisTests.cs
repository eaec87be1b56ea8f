using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Rooms;

/// <summary>Which strings are nicknames, and how they are shown (RFC 8266, RFC 8264, RFC 5892).</summary>
public sealed class PrecisTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Theory]
    [InlineData("K\u00f6nig \u2603 \u738b", 200)]
    [InlineData("Be\u0001ll", 400)]
    [InlineData("tfel \u202e thgir", 424)]
    [InlineData("Private \ue000", 424)]
    [Trait("Section", "RFC 8264 4.3")]
    public Task LettersSpacesAndSymbolsOfAllScriptsAreInAndControlsAreNot(string nickname, int status) => IsAnsweredAsync(nickname, status);

    [Fact]
    [Trait("Section", "RFC 8264 8")]
    public Task WhatUnicodeHasNotAssignedIsOut() => IsAnsweredAsync("not yet \u0378", 424);

    [Theory]
    [InlineData("tatweel \u0640", 424)]
    [InlineData("stra\u00dfe", 200)]
    [Trait("Section", "RFC 8264 9.6")]
    public Task ExceptionsAreInOrOutByName(string nickname, int status) => IsAnsweredAsync(nickname, status);

    [Theory]
    [InlineData("\u0915\u094d\u200d\u0937", 200)]
    [InlineData("in\u200dvisible", 424)]
    [Trait("Section", "RFC 8264 9.8")]
    public Task AJoinerStandsInItsContextOnly(string nickname, int status) => IsAnsweredAsync(nickname, status);

    [Fact]
    [Trait("Section", "RFC 8264 9.9")]
    public Task OldHangulJamoAreOut() => IsAnsweredAsync("\u1100\u1161", 424);

    [Fact]
    [Trait("Section", "RFC 8264 9.13")]
    public Task WhatNobodySeesIsOut() => IsAnsweredAsync("Al\u034fice", 424);

    [Theory]
    [InlineData("\u0915\u094d\u200c\u0937", 200)]
    [InlineData("in\u200cvisible", 424)]
    [Trait("Section", "RFC 5892 A.1")]
    public Task ANonJoinerStandsBehindAVirama(string nickname, int status) => IsAnsweredAsync(nickname, status);

    [Theory]
    [InlineData("col\u00b7lega", 200)]
    [InlineData("col\u00b7ega", 424)]
    [Trait("Section", "RFC 5892 A.3")]
    public Task AMiddleDotStandsBetweenTwoOfL(string nickname, int status) => IsAnsweredAsync(nickname, status);

    [Fact]
    [Trait("Section", "RFC 8266 2.1")]
    public async Task RulesAreAppliedUntilNothingChanges()
    {
        // A diaeresis by itself is a space and a combining one; the space, now at the beginning, goes as well.
        await using var alice = await lobby.JoinAsync("alice");
        await using var bob = await lobby.JoinAsync("bob");
        Assert.Equal(200, await NicknameTests.AskAsync(alice, "nick1", "\"\u00a8ota\""));
        Assert.Equal(425, await NicknameTests.AskAsync(bob, "nick2", "\"\u0308ota\""));
        Assert.Equal("\u0308ota", await ShownAsync(bob, "sip:alice@localhost"));
    }

    [Theory]
    [InlineData("  \uff21ce\u3000 High ", "Ace High")]
    [InlineData("\u2160\u2164", "IV")]
    [Trait("Section", "RFC 8266 2.3")]
    public async Task ANicknameIsShownInUsualWidthWithSingleSpacesAndItsOwnCase(string asked, string shown)
    {
        await using var bob = await lobby.JoinAsync("bob");
        Assert.Equal(200, await NicknameTests.AskAsync(bob, "nick1", $"\"{asked}\""));
        Assert.Equal(shown, await ShownAsync(bob, "sip:bob@localhost"));
    }

    private async Task IsAnsweredAsync(string nickname, int status)
    {
        await using var bob = await lobby.JoinAsync("bob");
        Assert.Equal(status, await NicknameTests.AskAsync(bob, "nick1", $"\"{nickname}\""));
    }

    private static async Task<string?> ShownAsync(WireMember watcher, string user)
    {
        var document = await RosterText.FetchAsync(watcher);
        return (string?)document.Descendants(RosterText.Namespace + "user").Single(element => (string?)element.Attribute("entity") == user)
            .Element(RosterText.Namespace + "display-text");
    }
}
