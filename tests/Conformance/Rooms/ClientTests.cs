using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Rooms;

/// <summary>What our client says when it makes a room or joins one (RFC 5366, RFC 4145, RFC 7701).</summary>
public sealed class ClientTests
{
    [Fact]
    [Trait("Section", "RFC 5366 6")]
    public async Task AClientSendsItsListBesideItsOfferAndRequiresThatItIsUnderstood()
    {
        await using var server = new FakeServer();
        var invite = await server.InvitedAsync(static client => client.CreateRoomAsync(["sip:bob@localhost", "sip:carol@localhost"]));
        Assert.Equal(("sip:conference-factory@localhost", "recipient-list-invite"), (invite.RequestUri, invite["Require"]));
        Assert.StartsWith("multipart/mixed", invite["Content-Type"], StringComparison.Ordinal);
        var parts = invite.Body.Split("--" + invite["Content-Type"].Split("boundary=")[1].Trim('"'));
        Assert.Equal(4, parts.Length);
        Assert.Contains("Content-Type: application/sdp\r\n", parts[1], StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/resource-lists+xml\r\n", parts[2], StringComparison.Ordinal);
        Assert.Contains("Content-Disposition: recipient-list\r\n", parts[2], StringComparison.Ordinal);
        Assert.Contains("uri=\"sip:bob@localhost\"", parts[2], StringComparison.Ordinal);
        Assert.Contains("uri=\"sip:carol@localhost\"", parts[2], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 4145 4.1")]
    public async Task WhoOnlyConnectsSaysThePortThatDiscardsEverything()
    {
        await using var server = new FakeServer();
        var invite = await server.InvitedAsync(static client => client.JoinAsync(Lobby.Room));
        Assert.Equal("active", SdpText.Attribute(invite.Body, "setup"));
        Assert.Contains("m=message 9 TCP/MSRP *\r\n", invite.Body, StringComparison.Ordinal);
        Assert.Equal(9, SdpText.Hop(invite.Body).Port);
    }

    [Fact]
    [Trait("Section", "RFC 7701 8")]
    public async Task AClientSaysThatItKnowsNicknamesAndPrivateMessages()
    {
        await using var server = new FakeServer();
        var invite = await server.InvitedAsync(static client => client.JoinAsync(Lobby.Room));
        Assert.Equal(["nickname", "private-messages"], SdpText.Attribute(invite.Body, "chatroom").Split(' ').Order(StringComparer.Ordinal));
        Assert.Equal("message/cpim", SdpText.Attribute(invite.Body, "accept-types"));
    }
}
