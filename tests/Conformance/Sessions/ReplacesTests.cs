using OmaIm.Client;
using OmaIm.Tests.EndToEnd.Im;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Sessions;

/// <summary>A session in the place of another: what our client does when it is asked for one (RFC 3891 section 3), and how a REFER reaches it (RFC 3515).</summary>
public sealed class ReplacesTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Dave = "sip:dave@localhost";

    [Fact]
    [Trait("Section", "RFC 3891 3")]
    public async Task ASessionThatIsNotThereCannotBeReplaced()
    {
        await using var dave = await lobby.ClientAsync("dave", static client => client.SessionInvited += static invitation => invitation.Decline());
        await using var alice = await lobby.ConnectAsync("alice");
        var dialog = await alice.InviteAsync(Dave, SdpText.Msrp(SdpText.Path()), "Require: replaces\r\nReplaces: nothing@nowhere;to-tag=a;from-tag=b\r\n");
        Assert.Contains(dialog.Response.Status, new[] { 420, 481 });
        dialog = await alice.InviteAsync(Dave, SdpText.Msrp(SdpText.Path()), "Replaces: nothing@nowhere;to-tag=a;from-tag=b\r\n");
        Assert.Equal(481, dialog.Response.Status);
    }

    [Fact]
    [Trait("Section", "RFC 3891 3")]
    public async Task WhatIsReplacedEndsWhenTheOtherStands()
    {
        var sessions = new Arrivals<ChatSession>();
        await using var carol = await lobby.ClientAsync("carol", client => client.SessionInvited += async invitation => sessions.Add(await invitation.AcceptAsync()));
        await using var alice = await lobby.ConnectAsync("alice");
        var first = await alice.InviteAsync("sip:carol@localhost", SdpText.Msrp(SdpText.Path()));
        WireUser.Expect(first.Response, 200);
        await sessions.NextAsync();
        var second = await alice.InviteAsync(
            "sip:carol@localhost", SdpText.Msrp(SdpText.Path()), $"Replaces: {first.CallId};to-tag={Tag(first.To)};from-tag={Tag(first.From)}\r\n");
        WireUser.Expect(second.Response, 200);
        var bye = await alice.IncomingAsync("BYE");
        Assert.Equal(first.CallId, bye["Call-ID"]);
        await alice.RespondAsync(bye, 200, "OK");
        await sessions.NextAsync();
        await second.ByeAsync();
    }

    [Fact]
    [Trait("Section", "RFC 3515 2.4.4")]
    public async Task AReferWithinASessionReachesTheOtherSideAndItsProgressComesBack()
    {
        await using var pair = await WirePair.BoundAsync(lobby.Appliance.Host.SipTcp);
        var (alice, bob) = (pair.Caller.Sip, pair.Callee.Sip);
        var referring = pair.Caller.Dialog.RequestAsync("REFER", $"Contact: <{alice.ContactUri}>\r\nRefer-To: <sip:carol@localhost>\r\n");
        var refer = await bob.IncomingAsync("REFER");
        Assert.Equal("sip:carol@localhost", refer.Uri("Refer-To"));
        await bob.RespondAsync(refer, 202, "Accepted", $"Contact: <{bob.ContactUri}>\r\n");
        Assert.Equal(202, (await referring).Status);
        var notifying = pair.Callee.Dialog.RequestAsync(
            "NOTIFY",
            $"Contact: <{bob.ContactUri}>\r\nEvent: refer\r\nSubscription-State: terminated;reason=noresource\r\nContent-Type: message/sipfrag;version=2.0\r\n",
            "SIP/2.0 200 OK\r\n");
        SipText notify;
        do
        {
            notify = await alice.IncomingAsync("NOTIFY");
            await alice.RespondAsync(notify, 200, "OK");
        }
        while (!notify["Subscription-State"].StartsWith("terminated", StringComparison.Ordinal));

        Assert.Equal("SIP/2.0 200 OK\r\n", notify.Body);
        Assert.Equal(200, (await notifying).Status);
    }

    private static string Tag(string header) => header.Split(";tag=")[1].Split(';')[0];
}
