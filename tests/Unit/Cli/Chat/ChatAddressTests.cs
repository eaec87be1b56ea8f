using OmaIm.Cli.Chat;
using Xunit;

namespace OmaIm.Tests.Unit.Cli.Chat;

public sealed class ChatAddressTests
{
    [Theory]
    [InlineData("lobby", "sip:lobby@rooms.localhost")]
    [InlineData("lobby@rooms.example.com", "sip:lobby@rooms.example.com")]
    [InlineData("sip:lobby@rooms.localhost", "sip:lobby@rooms.localhost")]
    [InlineData("tea room", "sip:tea%20room@rooms.localhost")]
    public void ARoomIsNamedByItsUriOrItsNameAlone(string room, string uri) => Assert.Equal(uri, ChatAddress.Room(room, "localhost"));

    [Theory]
    [InlineData("dave", "sip:dave@localhost")]
    [InlineData("dave@example.com", "sip:dave@example.com")]
    [InlineData("sip:dave@example.com", "sip:dave@example.com")]
    public void SoIsAUser(string user, string uri) => Assert.Equal(uri, ChatAddress.User(user, "localhost"));

    [Theory]
    [InlineData("sip:")]
    [InlineData("")]
    [InlineData("@example.com")]
    [InlineData("a b@example.com")]
    [InlineData("dave@exa mple")]
    [InlineData("sip:localhost")]
    public void WhatCannotBeAUriIsNone(string text) => Assert.Null(ChatAddress.User(text, "localhost"));
}
