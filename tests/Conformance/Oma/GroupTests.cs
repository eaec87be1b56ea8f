using OmaIm.Tests.Conformance.Rooms;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Oma;

/// <summary>Ad-hoc, pre-defined and chat groups, and what their refusals say (OMA SIMPLE IM sections 5, 7 and 14).</summary>
public sealed class GroupTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Fact]
    [Trait("Section", "OMA IM 5")]
    public async Task AMessageToAGroupReachesItsMembersButItsSender()
    {
        await using var alice = await lobby.RegisterAsync("alice");
        await using var bob = await lobby.RegisterAsync("bob");
        var sending = alice.RequestAsync("MESSAGE", Lobby.Club, "Content-Type: text/plain\r\n", "to the club");
        var message = await bob.IncomingAsync("MESSAGE");
        Assert.Equal(("to the club", Lobby.Club, alice.Address), (message.Body, message.Uri("To"), message.Uri("From")));
        await bob.RespondAsync(message, 200, "OK", tag: "b1");
        Assert.Equal(202, (await sending).Status);
        Assert.DoesNotContain(alice.Received, static received => received.Method == "MESSAGE");
    }

    [Fact]
    [Trait("Section", "OMA IM 7.3")]
    public async Task WhoComesFirstToAPredefinedGroupHasTheOthersInvited()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var carol = await lobby.RegisterAsync("carol");
        await using var alice = await lobby.JoinRoomAsync("alice", Lobby.Team);
        foreach (var member in new[] { bob, carol })
        {
            var invite = await member.IncomingAsync("INVITE");
            Assert.Equal(Lobby.Team, invite.Uri("Contact"));
            await member.RespondAsync(invite, 603, "Decline", tag: "m1");
        }
    }

    [Theory]
    [InlineData(true, "603")]
    [InlineData(false, "480")]
    [Trait("Section", "OMA IM 7.3")]
    public async Task AMemberWhoDoesNotComeIsShownWithTheReason(bool isThere, string status)
    {
        await using var bob = isThere ? await lobby.RegisterAsync("bob") : await lobby.ConnectAsync("bob");
        await using var alice = await lobby.JoinRoomAsync("alice", Lobby.Team);
        Assert.Contains(status, await ReasonAsync(alice, bob, isThere), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "603")]
    [InlineData(false, "480")]
    [Trait("Section", "OMA IM 7.2")]
    public async Task AGuestWhoDoesNotComeIsShownWithTheReason(bool isThere, string status)
    {
        await using var dave = isThere ? await lobby.RegisterAsync("dave") : await lobby.ConnectAsync("dave");
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice", RoomMaking.Entry("dave"));
        Assert.Contains(status, await ReasonAsync(alice, dave, isThere), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "OMA IM 7.4")]
    public async Task NobodyIsInvitedToAChatGroup()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.JoinRoomAsync("alice", Lobby.Club);
        WireUser.Expect(await bob.RequestAsync("OPTIONS", "sip:localhost"), 200);
        Assert.DoesNotContain(bob.Received, static message => message.Method == "INVITE");
    }

    [Fact]
    [Trait("Section", "OMA IM 7.5")]
    public async Task WhoComesBackFindsHisSessionAndNotOneThatIsOver()
    {
        var alice = await RoomMaking.CreateAsync(lobby, "alice");
        var room = alice.Dialog.Response.Uri("Contact");
        await using (var again = await lobby.JoinRoomAsync("alice", room))
        {
            Assert.Equal(200, again.Dialog.Response.Status);
            await alice.DisposeAsync();
        }

        await using var late = await lobby.ConnectAsync("alice");
        Assert.Equal(404, (await late.InviteAsync(room, SdpText.Msrp(SdpText.Path()))).Response.Status);
    }

    [Fact]
    [Trait("Section", "OMA IM 14")]
    public async Task WhoIsNoMemberHears127()
    {
        await using var dave = await lobby.ConnectAsync("dave");
        var joining = (await dave.InviteAsync(Lobby.Club, SdpText.Msrp(SdpText.Path()))).Response;
        var sending = await dave.RequestAsync("MESSAGE", Lobby.Club, "Content-Type: text/plain\r\n", "let me in");
        Assert.All([joining, sending], static response => Assert.Equal((403, "399 localhost \"127 Service not authorised\""), (response.Status, response["Warning"])));
    }

    [Fact]
    [Trait("Section", "OMA IM 14")]
    public async Task WhoIsAnonymousWhereThatIsNotAllowedHears119()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        var response = (await alice.InviteAsync(Lobby.Room, SdpText.Msrp(SdpText.Path()), "Privacy: id\r\n")).Response;
        Assert.Equal((403, "399 localhost \"119 Anonymity not allowed\""), (response.Status, response["Warning"]));
    }

    [Fact]
    [Trait("Section", "OMA IM 13")]
    public async Task WhereAnonymityIsAllowedTheRosterHasANumberForAName()
    {
        await using var alice = await lobby.JoinRoomAsync("alice", Lobby.Ball, "Privacy: id\r\n");
        await using var bob = await lobby.JoinRoomAsync("bob", Lobby.Ball);
        var document = await RosterText.FetchAsync(bob);
        Assert.Contains(("sip:anonymous1@anonymous.invalid", "full"), RosterText.Users(document));
        Assert.DoesNotContain("alice", document.ToString(), StringComparison.Ordinal);
        Assert.Contains("Anonymous 1", document.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "OMA IM 14")]
    public async Task AFullGroupIs486WithAWarning()
    {
        await using var alice = await lobby.JoinRoomAsync("alice", Lobby.Booth);
        await using var bob = await lobby.ConnectAsync("bob");
        var response = (await bob.InviteAsync(Lobby.Booth, SdpText.Msrp(SdpText.Path()))).Response;
        Assert.Equal(486, response.Status);
        Assert.StartsWith("399 localhost ", response["Warning"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "OMA IM 14")]
    public async Task WhoMayNotInviteHears122()
    {
        await using var alice = await lobby.JoinRoomAsync("alice", Lobby.Club);
        var response = await RoomMaking.ReferAsync(alice, "<sip:dave@localhost>");
        Assert.Equal((403, "399 localhost \"122 Function not allowed\""), (response.Status, response["Warning"]));
    }

    /// <summary>Why somebody who was called is not there, as the roster says it; who can be called declines.</summary>
    private static async Task<string> ReasonAsync(WireMember watcher, WireUser called, bool isThere)
    {
        WireUser.Expect(await RosterText.SubscribeAsync(watcher), 200);
        if (isThere)
        {
            await called.RespondAsync(await called.IncomingAsync("INVITE"), 603, "Decline", tag: "m1");
        }

        while (true)
        {
            var document = RosterText.Document(await RosterText.NotifiedAsync(watcher.Sip));
            var user = document.Descendants(RosterText.Namespace + "user").FirstOrDefault(user => (string?)user.Attribute("entity") == called.Address);
            if (user?.Descendants(RosterText.Namespace + "disconnection-info").FirstOrDefault() is { } info)
            {
                return info.Value;
            }
        }
    }
}
