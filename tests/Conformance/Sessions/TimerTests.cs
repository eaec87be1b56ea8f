using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Sessions;

/// <summary>Session timers (RFC 4028), and UPDATE that refreshes (RFC 3311).</summary>
public sealed class TimerTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Fact]
    [Trait("Section", "RFC 4028 9")]
    public async Task ATooShortIntervalIs422WithTheShortest()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        var dialog = await alice.InviteAsync(Lobby.Room, SdpText.Msrp(SdpText.Path()), "Supported: timer\r\nSession-Expires: 30\r\n");
        Assert.Equal((422, "90"), (dialog.Response.Status, dialog.Response["Min-SE"]));
    }

    [Theory]
    [InlineData("600", "600;refresher=uac")]
    [InlineData("600;refresher=uas", "600;refresher=uas")]
    [InlineData("36000", "1800;refresher=uac")]
    [Trait("Section", "RFC 4028 9")]
    public async Task TheAnswerSaysHowOftenAndWhoRefreshes(string asked, string answered)
    {
        await using var alice = await lobby.ConnectAsync("alice");
        var dialog = await alice.InviteAsync(Lobby.Room, SdpText.Msrp(SdpText.Path()), $"Supported: timer\r\nSession-Expires: {asked}\r\n");
        Assert.Equal(answered, dialog.Response["Session-Expires"]);
        Assert.Equal(answered.EndsWith("uac", StringComparison.Ordinal) ? "timer" : "", dialog.Response["Require"]);
        await dialog.ByeAsync();
    }

    [Fact]
    [Trait("Section", "RFC 4028 9")]
    public async Task WhoKnowsNoTimerGetsNone()
    {
        await using var alice = await lobby.JoinAsync("alice");
        Assert.Equal(("", ""), (alice.Dialog.Response["Session-Expires"], alice.Dialog.Response["Require"]));
    }

    [Fact]
    [Trait("Section", "RFC 4028 8")]
    public async Task EachSideOfASessionHasATimerOfItsOwn()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var inviting = alice.InviteAsync("sip:bob@localhost", SdpText.Msrp(SdpText.Path()), "Supported: timer\r\nSession-Expires: 600\r\n");
        var invite = await bob.IncomingAsync("INVITE");
        Assert.Contains("timer", invite["Supported"], StringComparison.Ordinal);
        Assert.NotEqual("", invite["Session-Expires"]);
        await bob.AcceptAsync(invite, SdpText.Msrp(SdpText.Path()));
        var dialog = await inviting;
        Assert.Equal((200, "600;refresher=uac"), (dialog.Response.Status, dialog.Response["Session-Expires"]));
        var ending = dialog.ByeAsync();
        await bob.RespondAsync(await bob.IncomingAsync("BYE"), 200, "OK");
        await ending;
    }

    [Fact]
    [Trait("Section", "RFC 3311 5.2")]
    public async Task AnUpdateWithoutAnOfferIsAnsweredAndRefreshes()
    {
        await using var alice = await lobby.JoinAsync("alice");
        var response = await alice.Dialog.RequestAsync("UPDATE", $"Contact: <{alice.Sip.ContactUri}>\r\nSupported: timer\r\nSession-Expires: 600;refresher=uac\r\n");
        Assert.Equal((200, "600;refresher=uac", ""), (response.Status, response["Session-Expires"], response.Body));
    }
}
