using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Rooms;

/// <summary>Inviting by a list and by REFER (RFC 5366, RFC 5363, RFC 3515, RFC 4488, RFC 5368), and instead of a session (RFC 3891).</summary>
public sealed class InvitationTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Fact]
    [Trait("Section", "RFC 5366 5")]
    public async Task WhoMakesARoomWithAListHasThemInvited()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var carol = await lobby.RegisterAsync("carol");
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice", RoomMaking.Entry("bob"), RoomMaking.Entry("carol", " cp:copyControl=\"to\""));
        foreach (var invited in new[] { bob, carol })
        {
            var invite = await invited.IncomingAsync("INVITE");
            Assert.Equal((invited.ContactUri, alice.Dialog.Response.Uri("Contact")), (invite.RequestUri, invite.Uri("Contact")));
            await invited.RespondAsync(invite, 603, "Decline", tag: "i1");
        }
    }

    [Fact]
    [Trait("Section", "RFC 5366 5")]
    public async Task AListThatIsRequiredAndMissingIsRefused()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        var dialog = await alice.InviteAsync(RoomMaking.Factory, SdpText.Msrp(SdpText.Path()), "Require: recipient-list-invite\r\n");
        Assert.Equal(400, dialog.Response.Status);
    }

    [Fact]
    [Trait("Section", "RFC 5363 4.1")]
    public async Task NobodyIsCalledTwice()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice", RoomMaking.Entry("bob"), RoomMaking.Entry("bob"));
        await bob.RespondAsync(await bob.IncomingAsync("INVITE"), 603, "Decline", tag: "b1");
        WireUser.Expect(await bob.RequestAsync("OPTIONS", "sip:localhost"), 200);
        Assert.Single(bob.Received, static message => message.Method == "INVITE");
    }

    [Fact]
    [Trait("Section", "RFC 3515 2.4.5")]
    public async Task HowACallGoesIsNotified()
    {
        await using var carol = await lobby.RegisterAsync("carol");
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice");
        WireUser.Expect(await RoomMaking.ReferAsync(alice, "<sip:carol@localhost>"), 202);
        var first = await RosterText.NotifiedAsync(alice.Sip);
        Assert.Equal(("message/sipfrag", "refer", "SIP/2.0 100 Trying\r\n"), (first["Content-Type"].Split(';')[0], first["Event"].Split(';')[0], first.Body));
        Assert.StartsWith("active", first["Subscription-State"], StringComparison.Ordinal);
        await carol.RespondAsync(await carol.IncomingAsync("INVITE"), 603, "Decline", tag: "c1");
        var last = await RosterText.NotifiedAsync(alice.Sip);
        Assert.StartsWith("SIP/2.0 603 ", last.Body, StringComparison.Ordinal);
        Assert.Equal("terminated;reason=noresource", last["Subscription-State"]);
    }

    [Fact]
    [Trait("Section", "RFC 3515 2.4.2")]
    public async Task AReferWithoutATargetIs400()
    {
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice");
        Assert.Equal(400, (await alice.Dialog.RequestAsync("REFER", $"Contact: <{alice.Sip.ContactUri}>\r\n")).Status);
    }

    [Theory]
    [InlineData("Refer-To: <sip:carol@localhost\r\n")]
    [InlineData("Refer-To: \r\n")]
    [InlineData("Refer-To: <sip:carol@localhost>\r\nRefer-To: <sip:dave@localhost>\r\n")]
    [InlineData("Refer-To: <sip:carol@localhost>, <sip:dave@localhost>\r\n")]
    [Trait("Section", "RFC 3515 2.1")]
    public async Task AReferHasOneTargetThatCanBeRead(string headers)
    {
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice");
        Assert.Equal(400, (await alice.Dialog.RequestAsync("REFER", $"Contact: <{alice.Sip.ContactUri}>\r\n{headers}")).Status);
    }

    [Fact]
    [Trait("Section", "RFC 3515 2.4.6")]
    public async Task TheNotificationsOfASecondReferHaveItsNumber()
    {
        await using var carol = await lobby.RegisterAsync("carol");
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice");
        WireUser.Expect(await RoomMaking.ReferAsync(alice, "<sip:carol@localhost>"), 202);
        Assert.Equal("refer", (await RosterText.NotifiedAsync(alice.Sip))["Event"]);
        await using var dave = await lobby.RegisterAsync("dave");
        var second = await RoomMaking.ReferAsync(alice, "<sip:dave@localhost>");
        Assert.Equal("refer;id=" + second["CSeq"].Split(' ')[0], (await RosterText.NotifiedAsync(alice.Sip))["Event"]);
        foreach (var invited in new[] { carol, dave })
        {
            await invited.RespondAsync(await invited.IncomingAsync("INVITE"), 603, "Decline", tag: "c1");
        }
    }

    [Fact]
    [Trait("Section", "RFC 3892 3")]
    public async Task NobodyRefersInTheNameOfAnother()
    {
        await using var carol = await lobby.RegisterAsync("carol");
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice");
        WireUser.Expect(await RoomMaking.ReferAsync(alice, "<sip:carol@localhost>", "Refer-Sub: false\r\nReferred-By: \"D\" <sip:dave@localhost>;cid=\"1@dave\"\r\n"), 202);
        var invite = await carol.IncomingAsync("INVITE");
        Assert.Equal(["<sip:alice@localhost>"], invite.All("Referred-By"));
        await carol.RespondAsync(invite, 603, "Decline", tag: "c1");
    }

    [Fact]
    [Trait("Section", "RFC 4488 4")]
    public async Task WhoWantsNoNotificationsGetsNone()
    {
        await using var carol = await lobby.RegisterAsync("carol");
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice");
        var response = await RoomMaking.ReferAsync(alice, "<sip:carol@localhost>", "Refer-Sub: false\r\n");
        Assert.Equal((202, "false"), (response.Status, response["Refer-Sub"]));
        await carol.RespondAsync(await carol.IncomingAsync("INVITE"), 603, "Decline", tag: "c1");
        await carol.IncomingAsync("ACK");
        WireUser.Expect(await alice.Sip.RequestAsync("OPTIONS", "sip:localhost"), 200);
        Assert.DoesNotContain(alice.Sip.Received, static message => message.Method == "NOTIFY");
    }

    [Fact]
    [Trait("Section", "RFC 5368 8")]
    public async Task OneReferCallsAList()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var carol = await lobby.RegisterAsync("carol");
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice");
        var response = await RoomMaking.ReferAsync(
            alice,
            "<cid:list1@alice>",
            "Require: multiple-refer, norefersub\r\nRefer-Sub: false\r\nContent-Type: application/resource-lists+xml\r\nContent-Disposition: recipient-list\r\nContent-ID: <list1@alice>\r\n",
            RoomMaking.List(RoomMaking.Entry("bob"), RoomMaking.Entry("carol")));
        Assert.Equal(202, response.Status);
        foreach (var invited in new[] { bob, carol })
        {
            await invited.RespondAsync(await invited.IncomingAsync("INVITE"), 603, "Decline", tag: "i1");
        }
    }

    [Fact]
    [Trait("Section", "RFC 5368 4")]
    public async Task AListThatIsNotWhereTheReferPointsIsNone()
    {
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice");
        var response = await RoomMaking.ReferAsync(
            alice,
            "<cid:other@alice>",
            "Require: multiple-refer\r\nContent-Type: application/resource-lists+xml\r\nContent-ID: <list1@alice>\r\n",
            RoomMaking.List(RoomMaking.Entry("bob")));
        Assert.Equal(400, response.Status);
    }

    [Fact]
    [Trait("Section", "RFC 3891 4")]
    public async Task ARoomInsteadOfASessionNamesItAsTheInvitedKnowsIt()
    {
        await using var pair = await WirePair.BoundAsync(lobby.Appliance.Host.SipTcp);
        var (caller, callee) = (pair.Caller.Dialog, pair.Callee.Dialog);
        var replaces = Uri.EscapeDataString($"{caller.CallId};to-tag={Tag(caller.To)};from-tag={Tag(caller.From)}");
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice", $"sip:bob@localhost?Replaces={replaces}\"");
        var invite = await pair.Callee.Sip.IncomingAsync("INVITE");
        var parts = invite["Replaces"].Split(';');
        Assert.Equal(callee.CallId, parts[0]);
        Assert.Contains("to-tag=" + Tag(callee.From), parts);
        Assert.Contains("from-tag=" + Tag(callee.To), parts);
        await pair.Callee.Sip.RespondAsync(invite, 603, "Decline", tag: "b9");
    }

    private static string Tag(string header) => header.Split(";tag=")[1].Split(';')[0];
}
