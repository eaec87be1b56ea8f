using OmaIm.Client;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Oma;

/// <summary>How server and client name themselves and what they ask for (OMA SIMPLE IM sections 3, 5, 6 and 8).</summary>
public sealed class ServiceTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Fact]
    [Trait("Section", "OMA IM 3")]
    public async Task TheFocusHasTheFeatureTagOfTheService()
    {
        await using var alice = await lobby.JoinAsync("alice");
        Assert.Contains(";isfocus", alice.Dialog.Response["Contact"], StringComparison.Ordinal);
        Assert.Contains(";+g.oma.sip-im", alice.Dialog.Response["Contact"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "OMA IM 3")]
    public async Task TheServerNamesItselfByTheTokenOfTheEnabler()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        Assert.StartsWith("IM-serv/OMA", (await alice.RequestAsync("OPTIONS", "sip:localhost"))["Server"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "OMA IM 3")]
    public async Task TheClientNamesItselfAndAsksForTheService()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        var sending = lobby.Appliance.Client("alice").SendAsync("sip:bob@localhost", "hello");
        var message = await bob.IncomingAsync("MESSAGE");
        await bob.RespondAsync(message, 200, "OK", tag: "b1");
        await sending;
        Assert.StartsWith("IM-client/OMA1.0", message["User-Agent"], StringComparison.Ordinal);
        Assert.StartsWith("*;+g.oma.sip-im", message["Accept-Contact"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "OMA IM 4")]
    public async Task TheClientRegistersWithTheFeatureTags()
    {
        await using var other = await lobby.ClientAsync("dave");
        await using var dave = await lobby.ConnectAsync("dave");
        var contact = (await dave.RequestAsync("REGISTER", "sip:localhost", to: dave.Address))["Contact"];
        Assert.Contains(";+g.oma.sip-im", contact, StringComparison.Ordinal);
        Assert.Contains(";+g.oma.sip-im.large-message", contact, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "OMA IM 5")]
    public async Task AContactInAMessageIsLeftOut()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", "sip:bob@localhost", $"Contact: <{alice.ContactUri}>\r\nContent-Type: text/plain\r\n", "as some clients do");
        var message = await bob.IncomingAsync("MESSAGE");
        Assert.Equal("", message["Contact"]);
        await bob.RespondAsync(message, 200, "OK", tag: "b1");
        Assert.Equal(200, (await sending).Status);
    }

    [Fact]
    [Trait("Section", "OMA IM 6")]
    public async Task ALargeMessageAsksForItsServiceAndOnlySends()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        var sending = lobby.Appliance.Client("alice").SendAsync("sip:bob@localhost", new string('x', 20_000));
        var invite = await bob.IncomingAsync("INVITE");
        Assert.StartsWith("*;+g.oma.sip-im.large-message", invite["Accept-Contact"], StringComparison.Ordinal);
        Assert.Contains("a=sendonly\r\n", invite.Body, StringComparison.Ordinal);
        await bob.RespondAsync(invite, 603, "Decline", tag: "b1");
        await Assert.ThrowsAsync<ImException>(() => sending);
    }

    [Fact]
    [Trait("Section", "OMA IM 7.1")]
    public async Task ASessionOfTwoHasNoFocus()
    {
        await using var pair = await WirePair.BoundAsync(lobby.Appliance.Host.SipTcp);
        Assert.DoesNotContain("isfocus", pair.Caller.Dialog.Response["Contact"] + pair.Invite["Contact"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "OMA IM 8")]
    public async Task WhereToConnectStandsInTheLinesAndInThePath()
    {
        await using var pair = await WirePair.BoundAsync(lobby.Appliance.Host.SipTcp);
        foreach (var description in new[] { pair.Invite.Body, pair.Caller.Dialog.Answer })
        {
            var hop = SdpText.Hop(description);
            Assert.Contains($"c=IN IP4 {hop.Address}\r\n", description, StringComparison.Ordinal);
            Assert.Contains($"m=message {hop.Port} TCP/MSRP *\r\n", description, StringComparison.Ordinal);
        }
    }
}
