using System.Xml.Linq;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Rooms;

/// <summary>The focus of a conference: how it is found, made, and used to call others in and out (RFC 4579 section 5).</summary>
public sealed class FocusTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Fact]
    [Trait("Section", "RFC 4579 5.1")]
    public async Task AnInviteToARoomThatIsNotThereMakesNone()
    {
        await using var bob = await lobby.ConnectAsync("bob");
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(404, (await bob.InviteAsync("sip:nowhere@rooms.localhost", SdpText.Msrp(SdpText.Path()))).Response.Status);
        }
    }

    [Fact]
    [Trait("Section", "RFC 4579 5.2")]
    public async Task TheFocusSaysThatItIsOne()
    {
        await using var bob = await lobby.JoinAsync("bob");
        Assert.Equal(Lobby.Room, bob.Dialog.Response.Uri("Contact"));
        Assert.Contains(";isfocus", bob.Dialog.Response["Contact"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 4579 5.4")]
    public async Task TheFactoryMakesARoomForItsCaller()
    {
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice");
        var room = alice.Dialog.Response.Uri("Contact");
        Assert.EndsWith("@rooms.localhost", room, StringComparison.Ordinal);
        Assert.Contains(";isfocus", alice.Dialog.Response["Contact"], StringComparison.Ordinal);
        await using var dave = await lobby.ConnectAsync("dave");
        Assert.Equal(403, (await dave.InviteAsync(room, SdpText.Msrp(SdpText.Path()))).Response.Status);
    }

    [Fact]
    [Trait("Section", "RFC 4579 5.5")]
    public async Task TheFocusCallsWhomItsModeratorNames()
    {
        await using var carol = await lobby.RegisterAsync("carol");
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice");
        WireUser.Expect(await RoomMaking.ReferAsync(alice, "<sip:carol@localhost>"), 202);
        var invite = await carol.IncomingAsync("INVITE");
        Assert.Contains(";isfocus", invite["Contact"], StringComparison.Ordinal);
        Assert.Equal(alice.Dialog.Response.Uri("Contact"), invite.Uri("Contact"));
        await carol.RespondAsync(invite, 603, "Decline", tag: "c1");
    }

    [Fact]
    [Trait("Section", "RFC 3892 2.1")]
    public async Task WhoIsCalledHearsWhoWantedIt()
    {
        await using var carol = await lobby.RegisterAsync("carol");
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice");
        WireUser.Expect(await RoomMaking.ReferAsync(alice, "<sip:carol@localhost>", "Referred-By: <sip:dave@localhost>\r\n"), 202);
        var invite = await carol.IncomingAsync("INVITE");
        Assert.Equal("sip:alice@localhost", invite.Uri("Referred-By"));
        await carol.RespondAsync(invite, 603, "Decline", tag: "c1");
    }

    [Fact]
    [Trait("Section", "RFC 4579 5.11")]
    public async Task TheFocusDismissesWhomItsModeratorNames()
    {
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice");
        await using var carol = await RoomMaking.CallInAsync(lobby, alice, "carol");
        WireUser.Expect(await RosterText.SubscribeAsync(alice), 200);
        await RosterText.NotifiedAsync(alice.Sip);
        WireUser.Expect(await RoomMaking.ReferAsync(alice, "<sip:carol@localhost;method=BYE>", "Refer-Sub: false\r\n"), 202);
        await carol.Sip.RespondAsync(await carol.Sip.IncomingAsync("BYE"), 200, "OK");
        XElement document;
        do
        {
            document = RosterText.Document(await RosterText.NotifiedAsync(alice.Sip));
        }
        while (!document.Descendants(RosterText.Namespace + "disconnection-method").Any());

        Assert.Equal("booted", (string?)document.Descendants(RosterText.Namespace + "disconnection-method").Single());
    }

    [Fact]
    [Trait("Section", "RFC 4579 5.11")]
    public async Task NobodyElseDismisses()
    {
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice");
        await using var carol = await RoomMaking.CallInAsync(lobby, alice, "carol");
        Assert.Equal(403, (await RoomMaking.ReferAsync(carol, "<sip:alice@localhost;method=BYE>")).Status);
    }

    [Fact]
    [Trait("Section", "RFC 3326 2")]
    public async Task TheDismissedHearsWhy()
    {
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice");
        await using var carol = await RoomMaking.CallInAsync(lobby, alice, "carol");
        WireUser.Expect(await RoomMaking.ReferAsync(alice, "<sip:carol@localhost;method=BYE>"), 202);
        var bye = await carol.Sip.IncomingAsync("BYE");
        Assert.StartsWith("SIP;cause=410", bye["Reason"], StringComparison.Ordinal);
        await carol.Sip.RespondAsync(bye, 200, "OK");
    }
}
