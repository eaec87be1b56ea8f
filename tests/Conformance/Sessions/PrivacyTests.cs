using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Sessions;

/// <summary>Users who do not want to be named (RFC 3323, RFC 3325).</summary>
public sealed class PrivacyTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Anonymous = "sip:anonymous@anonymous.invalid";

    [Theory]
    [InlineData("id")]
    [InlineData("user")]
    [Trait("Section", "RFC 3323 5.3")]
    public async Task AMessageDoesNotNameWhoAsksForPrivacy(string privacy)
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", "sip:bob@localhost", $"Privacy: {privacy}\r\nUser-Agent: alices-phone\r\nContent-Type: text/plain\r\n", "guess who");
        var message = await bob.IncomingAsync("MESSAGE");
        Assert.Equal(Anonymous, message.Uri("From"));
        NamesNobody(message);
        await bob.RespondAsync(message, 200, "OK", tag: "b1");
        Assert.Equal(200, (await sending).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Anonymous)]
    [Trait("Section", "RFC 3323 5.3")]
    public async Task AnInviteDoesNotNameWhoAsksForPrivacy(string? from)
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var inviting = alice.InviteAsync("sip:bob@localhost", SdpText.Msrp(SdpText.Path()), "Privacy: id\r\nUser-Agent: alices-phone\r\n", from: from);
        var invite = await bob.IncomingAsync("INVITE");
        Assert.Equal(Anonymous, invite.Uri("From"));
        NamesNobody(invite);
        await bob.RespondAsync(invite, 603, "Decline", tag: "b1");
        Assert.Equal(603, (await inviting).Response.Status);
    }

    [Fact]
    [Trait("Section", "RFC 3323 4.1.1.3")]
    public async Task WhoIsAnonymousProvesWhoHeIsAllTheSame()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        Assert.Equal(403, (await alice.RequestAsync("MESSAGE", "sip:bob@localhost", "Content-Type: text/plain\r\n", "without asking for privacy", from: Anonymous)).Status);
    }

    [Theory]
    [InlineData("P-Asserted-Identity")]
    [InlineData("P-Preferred-Identity")]
    [Trait("Section", "RFC 3325 5")]
    public async Task NoIdentityOfAClientsMakingReachesAnother(string header)
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var inviting = alice.InviteAsync("sip:bob@localhost", SdpText.Msrp(SdpText.Path()), $"{header}: <sip:carol@localhost>\r\n");
        var invite = await bob.IncomingAsync("INVITE");
        Assert.DoesNotContain("carol", invite.ToString(), StringComparison.Ordinal);
        await bob.RespondAsync(invite, 603, "Decline", tag: "b1");
        await inviting;
    }

    [Fact]
    [Trait("Section", "RFC 3325 9.3")]
    public async Task ACpimThatNamesWhoAsksForPrivacyIsRefused()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var response = await alice.RequestAsync(
            "MESSAGE", "sip:bob@localhost", "Privacy: id\r\nContent-Type: message/cpim\r\n", Lobby.Cpim("alice", "it is me", "sip:bob@localhost"));
        Assert.Equal(400, response.Status);
    }

    // Neither the sender nor the device or the host that he uses.
    private static void NamesNobody(SipText request) => Assert.DoesNotContain("alice", request.ToString(), StringComparison.OrdinalIgnoreCase);
}
