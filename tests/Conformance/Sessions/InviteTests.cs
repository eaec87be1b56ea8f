using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Sessions;

/// <summary>Setting up and ending one-to-one sessions.</summary>
public sealed class InviteTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Bob = "sip:bob@localhost";

    [Fact]
    [Trait("Section", "RFC 3261 13")]
    public async Task TheCalleeSeesTheCallerAndAnOfferOfMsrp()
    {
        await using var pair = await WirePair.BoundAsync(lobby.Appliance.Host.SipTcp);
        Assert.Equal(("sip:alice@localhost", Bob), (pair.Invite.Uri("From"), pair.Invite.Uri("To")));
        Assert.Contains("m=message ", pair.Invite.Body, StringComparison.Ordinal);
        Assert.NotEqual("", SdpText.Attribute(pair.Invite.Body, "path"));
    }

    [Fact]
    [Trait("Section", "RFC 3261 15")]
    public async Task AByeEndsBothSides()
    {
        var pair = await WirePair.BoundAsync(lobby.Appliance.Host.SipTcp);
        var ending = pair.Callee.Dialog.ByeAsync();
        await pair.Caller.Sip.RespondAsync(await pair.Caller.Sip.IncomingAsync("BYE"), 200, "OK");
        Assert.Equal(200, (await ending).Status);
    }

    [Theory]
    [InlineData(486)]
    [InlineData(603)]
    [InlineData(488)]
    [Trait("Section", "RFC 3261 16.7")]
    public async Task ARefusalOfTheCalleeReachesTheCaller(int status)
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var inviting = alice.InviteAsync(Bob, SdpText.Msrp(SdpText.Path()));
        await bob.RespondAsync(await bob.IncomingAsync("INVITE"), status, tag: "b1");
        Assert.Equal(status, (await inviting).Response.Status);
        await bob.RequestAsync("REGISTER", "sip:localhost", "Contact: *\r\nExpires: 0\r\n", to: Bob);
    }

    [Fact]
    [Trait("Section", "RFC 3261 21.4.18")]
    public async Task ACalleeWithoutContactsIsTemporarilyUnavailable()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        Assert.Equal(480, (await alice.InviteAsync("sip:carol@localhost", SdpText.Msrp(SdpText.Path()))).Response.Status);
    }

    [Fact]
    [Trait("Section", "RFC 3261 16.7")]
    public async Task AllDevicesRingAndTheOthersAreCancelledWhenOneAccepts()
    {
        await using var one = await lobby.RegisterAsync("dave");
        await using var other = await lobby.RegisterAsync("dave");
        await using var alice = await lobby.ConnectAsync("alice");
        var inviting = alice.InviteAsync("sip:dave@localhost", SdpText.Msrp(SdpText.Path()));
        var (first, second) = (await one.IncomingAsync("INVITE"), await other.IncomingAsync("INVITE"));
        await other.RespondAsync(second, 180, "Ringing", tag: "d2");
        await one.AcceptAsync(first, SdpText.Msrp(SdpText.Path()));
        var cancel = await other.IncomingAsync("CANCEL");
        Assert.Equal(second["Via"], cancel["Via"]);
        await other.RespondAsync(cancel, 200, "OK", tag: "d2");
        await other.RespondAsync(second, 487, "Request Terminated", tag: "d2");
        await other.IncomingAsync("ACK");
        Assert.Equal(200, (await inviting).Response.Status);
    }

    [Fact]
    [Trait("Section", "RFC 5621 4.2")]
    public async Task AnOfferBesideOtherPartsIsFoundAndTheOthersGoOnAsTheyAre()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var body = $"--b1\r\nContent-Type: text/plain\r\nContent-Disposition: render;handling=optional\r\n\r\nfirst words\r\n--b1\r\nContent-Type: application/sdp\r\n\r\n{SdpText.Msrp(SdpText.Path())}\r\n--b1--\r\n";
        var inviting = alice.InviteAsync(Bob, body, contentType: "multipart/mixed;boundary=b1");
        var invite = await bob.IncomingAsync("INVITE");
        Assert.StartsWith("multipart/mixed;", invite["Content-Type"], StringComparison.Ordinal);
        Assert.Contains("Content-Disposition: render;handling=optional\r\n\r\nfirst words\r\n--", invite.Body, StringComparison.Ordinal);
        Assert.Contains("a=path:msrp://", invite.Body, StringComparison.Ordinal);
        await bob.RespondAsync(invite, 603, "Decline", tag: "b1");
        Assert.Equal(603, (await inviting).Response.Status);
    }

    [Fact]
    [Trait("Section", "RFC 3261 21.6.2")]
    public async Task WhoDoesNotWantTheSessionDeclines()
    {
        await using var carol = await lobby.ClientAsync("carol", static client => client.SessionInvited += static invitation => invitation.Decline());
        await using var alice = await lobby.ConnectAsync("alice");
        Assert.Equal(603, (await alice.InviteAsync("sip:carol@localhost", SdpText.Msrp(SdpText.Path()))).Response.Status);
    }

    [Fact]
    [Trait("Section", "RFC 3264 6")]
    public async Task AnOfferWithoutMsrpIs488()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var dialog = await alice.InviteAsync(Bob, SdpText.Session("127.0.0.1", "m=audio 7000 RTP/AVP 0"));
        Assert.Equal(488, dialog.Response.Status);
        Assert.DoesNotContain(bob.Received, static message => message.Method == "INVITE");
    }
}
