using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Sessions;

/// <summary>What both sides of a dialog know of each other: tags, numbers, targets and routes (RFC 3261 sections 12, 14 and 15).</summary>
public sealed class DialogTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Bob = "sip:bob@localhost";
    private const string Routes = "Record-Route: <sip:p1.example.com;lr>, <sip:p2.example.com;lr>\r\n";

    private readonly string _bobsPath = SdpText.Path();

    [Fact]
    [Trait("Section", "RFC 3261 6")]
    public async Task TheServerIsAUserAgentTowardsBothSides()
    {
        await using var talk = await TalkAsync();
        var (alice, bob, dialog, dialogOfBob) = talk;
        var invite = bob.Received.Single(static message => message.Method == "INVITE");
        Assert.NotEqual(dialog.CallId, invite["Call-ID"]);
        Assert.DoesNotContain(invite.Tag("From"), dialog.From, StringComparison.Ordinal);
        Assert.Contains($":{bob.Remote.Port};branch=", Assert.Single(invite.All("Via")), StringComparison.Ordinal);
        Assert.DoesNotContain(alice.Local.ToString(), invite["Contact"], StringComparison.Ordinal);
        await EndAsync(dialogOfBob, alice);
    }

    [Fact]
    [Trait("Section", "RFC 3261 12.1.1")]
    [Trait("Section", "RFC 3261 12.2.1.1")]
    [Trait("Section", "RFC 3261 20.30")]
    [Trait("Section", "RFC 3261 20.34")]
    public async Task WhoIsCalledKeepsTheRouteInTheOrderOfTheInvite()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var inviting = alice.InviteAsync(Bob, SdpText.Msrp(SdpText.Path()), Routes);
        var dialogOfBob = await bob.AcceptAsync(await bob.IncomingAsync("INVITE"), SdpText.Msrp(SdpText.Path()));
        var response = (await inviting).Response;
        Assert.Equal("<sip:p1.example.com;lr>, <sip:p2.example.com;lr>", string.Join(", ", response.All("Record-Route")));
        var bye = await EndAsync(dialogOfBob, alice);
        Assert.Equal((alice.ContactUri, "<sip:p1.example.com;lr>, <sip:p2.example.com;lr>"), (bye.RequestUri, string.Join(", ", bye.All("Route"))));
        Assert.Equal((response.Tag("To"), response.Tag("From"), response["Call-ID"]), (bye.Tag("From"), bye.Tag("To"), bye["Call-ID"]));
    }

    [Fact]
    [Trait("Section", "RFC 3261 12.1.2")]
    [Trait("Section", "RFC 3261 12.2.1.1")]
    [Trait("Section", "RFC 3261 13.2.2.4")]
    public async Task WhoCallsKeepsTheRouteOfTheAnswerTheOtherWayRound()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var inviting = alice.InviteAsync(Bob, SdpText.Msrp(SdpText.Path()));
        var invite = await bob.IncomingAsync("INVITE");
        var dialogOfBob = await bob.AcceptAsync(invite, SdpText.Msrp(SdpText.Path()), Routes);
        await inviting;
        var ack = bob.Received.Single(static message => message.Method == "ACK");
        Assert.Equal((bob.ContactUri, "<sip:p2.example.com;lr>, <sip:p1.example.com;lr>"), (ack.RequestUri, string.Join(", ", ack.All("Route"))));
        Assert.Equal(invite["CSeq"].Replace("INVITE", "ACK", StringComparison.Ordinal), ack["CSeq"]);
        Assert.NotEqual(invite["Via"], ack["Via"]);
        await EndAsync(dialogOfBob, alice);
    }

    [Fact]
    [Trait("Section", "RFC 3261 12.2.1.1")]
    public async Task AStrictRouterGetsItsOwnAddressAndTheTargetLast()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var inviting = alice.InviteAsync(Bob, SdpText.Msrp(SdpText.Path()), "Record-Route: <sip:strict.example.com>, <sip:p2.example.com;lr>\r\n");
        var dialogOfBob = await bob.AcceptAsync(await bob.IncomingAsync("INVITE"), SdpText.Msrp(SdpText.Path()));
        await inviting;
        var bye = await EndAsync(dialogOfBob, alice);
        Assert.Equal(("sip:strict.example.com", $"<sip:p2.example.com;lr>, <{alice.ContactUri}>"), (bye.RequestUri, string.Join(", ", bye.All("Route"))));
    }

    [Fact]
    [Trait("Section", "RFC 3261 12.2")]
    [Trait("Section", "RFC 3261 12.2.2")]
    public async Task AnotherContactIsWhereTheDialogGoesFromThenOn()
    {
        await using var talk = await TalkAsync();
        var (alice, bob, dialog, dialogOfBob) = talk;
        var moved = $"sip:moved@{alice.Local};transport=tcp";
        WireUser.Expect(await dialog.RequestAsync("UPDATE", $"Contact: <{moved}>\r\n"), 200);
        Assert.Equal(moved, (await EndAsync(dialogOfBob, alice)).RequestUri);
    }

    [Fact]
    [Trait("Section", "RFC 3261 12.2.2")]
    public async Task ANumberThatIsNotHigherIsRefusedAndADialogThatIsNotThereIs481()
    {
        await using var alice = await lobby.JoinAsync("alice");
        WireUser.Expect(await alice.Dialog.RequestAsync("OPTIONS"), 200);
        Assert.Equal(500, (await AgainAsync(alice.Sip, "z9hG4bKlow")).Status);
        var unknown = alice.Dialog with { To = "<" + Lobby.Room + ">;tag=unknown" };
        Assert.Equal(481, (await unknown.RequestAsync("OPTIONS")).Status);
    }

    [Fact]
    [Trait("Section", "RFC 3261 12.2.1.2")]
    public async Task ADialogThatTheOtherSideDoesNotKnowIsOver()
    {
        await using var talk = await TalkAsync();
        var (alice, bob, dialog, _) = talk;
        var sending = dialog.RequestAsync("INFO");
        await bob.RespondAsync(await bob.IncomingAsync("INFO"), 481, "Unknown");
        await sending;
        await alice.RespondAsync(await alice.IncomingAsync("BYE"), 200, "OK");
    }

    [Theory]
    [InlineData(408, 500)]
    [InlineData(480, 480)]
    [InlineData(503, 500)]
    [Trait("Section", "RFC 5057 5.1")]
    [Trait("Section", "RFC 4320 4.2")]
    public async Task ARefusalThatIsAboutOneSideOnlyEndsNothingOnTheOther(int status, int heard)
    {
        await using var talk = await TalkAsync();
        var (alice, bob, dialog, dialogOfBob) = talk;
        var sending = dialog.RequestAsync("INFO");
        await bob.RespondAsync(await bob.IncomingAsync("INFO"), status);
        Assert.Equal(heard, (await sending).Status);
        if (status == 408)
        {
            await alice.RespondAsync(await alice.IncomingAsync("BYE"), 200, "OK");
        }
        else
        {
            await EndAsync(dialogOfBob, alice);
        }

    }

    [Fact]
    [Trait("Section", "RFC 4320 4.2")]
    public async Task NoRequestButAnInviteIsAnsweredWith408()
    {
        await using var dave = await lobby.RegisterAsync("dave");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", "sip:dave@localhost", "Content-Type: text/plain\r\n", "in time?");
        await dave.RespondAsync(await dave.IncomingAsync("MESSAGE"), 408, "Too Late", tag: "d1");
        Assert.Equal(480, (await sending).Status);
    }

    [Fact]
    [Trait("Section", "RFC 3261 14.2")]
    [Trait("Section", "RFC 3261 20.33")]
    [Trait("Section", "RFC 3264 8")]
    [Trait("Section", "RFC 3264 5")]
    public async Task AnOfferWaitsForTheAnswerToTheOneBefore()
    {
        await using var talk = await TalkAsync();
        var (alice, bob, dialog, dialogOfBob) = talk;
        var first = bob.Received.Single(static message => message.Method == "INVITE");
        var offering = ReofferAsync(dialog, "image/png");
        var reinvite = await bob.IncomingAsync("INVITE");
        Assert.Equal(Version(first.Body) + 1, Version(reinvite.Body));
        var refused = await ReofferAsync(dialog, "image/gif");
        Assert.Equal(500, refused.Status);
        Assert.Matches("^([0-9]|10)$", refused["Retry-After"]);
        await bob.AcceptAsync(reinvite, SdpText.Msrp(_bobsPath));
        WireUser.Expect(await offering, 200);
        await EndAsync(dialogOfBob, alice);
    }

    [Fact]
    [Trait("Section", "RFC 3261 14.2")]
    public async Task AnOfferThatMeetsOursIs491()
    {
        await using var talk = await TalkAsync();
        var (alice, bob, dialog, dialogOfBob) = talk;
        var offering = ReofferAsync(dialog, "image/png");
        var reinvite = await bob.IncomingAsync("INVITE");
        Assert.Equal(491, (await ReofferAsync(dialogOfBob, "image/gif")).Status);
        await bob.AcceptAsync(reinvite, SdpText.Msrp(_bobsPath));
        WireUser.Expect(await offering, 200);
        await EndAsync(dialogOfBob, alice);
    }

    [Fact]
    [Trait("Section", "RFC 3261 15.1.2")]
    public async Task WhatWaitsWhenTheSessionEndsIsAnsweredWith487()
    {
        await using var talk = await TalkAsync();
        var (alice, bob, dialog, _) = talk;
        var offering = ReofferAsync(dialog, "image/png");
        await bob.IncomingAsync("INVITE");
        WireUser.Expect(await dialog.ByeAsync(), 200);
        Assert.Equal(487, (await offering).Status);
    }

    [Fact]
    [Trait("Section", "RFC 3261 13.2.1")]
    public async Task AnInviteWithoutAnOfferIsAnsweredWithOne()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        alice.Spelling = static text => text.Replace("Content-Type: application/sdp\r\n", "", StringComparison.Ordinal);
        var dialog = await alice.InviteAsync(Lobby.Room, "");
        Assert.Equal((200, "application/sdp"), (dialog.Response.Status, dialog.Response["Content-Type"]));
        Assert.NotEqual("", SdpText.Attribute(dialog.Answer, "path"));
    }

    [Fact]
    [Trait("Section", "RFC 3261 9.1")]
    [Trait("Section", "RFC 3261 9.2")]
    [Trait("Section", "RFC 3261 22.1")]
    public async Task ACancelIsNeverChallengedAndGoesOnToWhoRings()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var inviting = alice.InviteAsync(Bob, SdpText.Msrp(SdpText.Path()));
        var invite = await bob.IncomingAsync("INVITE");
        await bob.RespondAsync(invite, 180, "Ringing", tag: "b1");
        await alice.NextAsync(static message => message.Status == 180, "ringing");
        await alice.SendAsync(Cancel(alice.LastRequest));
        Assert.Equal(200, (await alice.NextAsync(static message => message.IsResponse && message["CSeq"].EndsWith("CANCEL", StringComparison.Ordinal), "answer to CANCEL")).Status);
        Assert.Equal(487, (await inviting).Response.Status);
        var cancel = await bob.IncomingAsync("CANCEL");
        Assert.Equal(
            (invite.RequestUri, invite["Via"], invite["From"], invite["To"], invite["Call-ID"], invite["CSeq"].Split(' ')[0] + " CANCEL"),
            (cancel.RequestUri, cancel["Via"], cancel["From"], cancel["To"], cancel["Call-ID"], cancel["CSeq"]));
        Assert.Single(cancel.All("Via"));
        await bob.RespondAsync(cancel, 200, "OK", tag: "b1");
        await bob.RespondAsync(invite, 487, "Request Terminated", tag: "b1");
        await bob.IncomingAsync("ACK");
    }

    [Fact]
    [Trait("Section", "RFC 3261 22.1")]
    public async Task AnAckIsNeverAnswered()
    {
        await using var alice = await lobby.JoinAsync("alice");
        await alice.Sip.SendAsync(new RequestText("ACK", alice.Sip.Local.ToString(), WireUser.NewId()) { Transport = "TCP", Uri = Lobby.Room }.ToString());
        WireUser.Expect(await alice.Dialog.RequestAsync("OPTIONS"), 200);
        Assert.DoesNotContain(alice.Sip.Received, static message => message["CSeq"].EndsWith("ACK", StringComparison.Ordinal));
    }

    private async Task<Talk> TalkAsync()
    {
        var bob = await lobby.RegisterAsync("bob");
        var alice = await lobby.ConnectAsync("alice");
        var inviting = alice.InviteAsync(Bob, SdpText.Msrp(SdpText.Path()));
        var dialogOfBob = await bob.AcceptAsync(await bob.IncomingAsync("INVITE"), SdpText.Msrp(_bobsPath));
        var dialog = await inviting;
        WireUser.Expect(dialog.Response, 200);
        return new Talk(alice, bob, dialog, dialogOfBob);
    }

    private static async Task<SipText> EndAsync(WireDialog ending, WireUser other)
    {
        var answered = ending.ByeAsync();
        var bye = await other.IncomingAsync("BYE");
        await other.RespondAsync(bye, 200, "OK");
        WireUser.Expect(await answered, 200);
        return bye;
    }

    // Another type that is taken is news to the other side.
    private static Task<SipText> ReofferAsync(WireDialog dialog, string type) => dialog.RequestAsync(
        "INVITE",
        $"Contact: <{dialog.User.ContactUri}>\r\nContent-Type: application/sdp\r\n",
        SdpText.Msrp(SdpText.Path()).Replace("a=accept-types:message/cpim", "a=accept-types:message/cpim " + type, StringComparison.Ordinal));

    private static async Task<SipText> AgainAsync(WireUser user, string branch)
    {
        await user.SendAsync(user.LastRequest.Replace("branch=z9hG4bK", "branch=" + branch, StringComparison.Ordinal));
        return await user.NextAsync(message => message.IsResponse && message["Via"].Contains(branch, StringComparison.Ordinal), "answer");
    }

    private static string Cancel(string invite)
    {
        string[] kept = ["Via", "Max-Forwards", "From", "To", "Call-ID", "CSeq"];
        var lines = invite.Split("\r\n").Where((line, i) => i == 0 || kept.Contains(line.Split(':')[0]));
        return string.Join("\r\n", lines).Replace("INVITE", "CANCEL", StringComparison.Ordinal) + "\r\nContent-Length: 0\r\n\r\n";
    }

    private static long Version(string sdp) => long.Parse(sdp.Split("o=")[1].Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A session that stands between two users, who go when the test ends, however it ends.</summary>
    private sealed record Talk(WireUser Alice, WireUser Bob, WireDialog Dialog, WireDialog OfBob) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Alice.DisposeAsync();
            await Bob.DisposeAsync();
        }
    }
}
