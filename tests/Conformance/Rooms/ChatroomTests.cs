using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Rooms;

/// <summary>A chat room on the wire: what is offered, what is said to all, and what to one (RFC 7701 sections 5, 6 and 8).</summary>
public sealed class ChatroomTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Fact]
    [Trait("Section", "RFC 7701 8")]
    public async Task TheRoomSaysWhatItCanDo()
    {
        await using var bob = await lobby.JoinAsync("bob");
        Assert.Equal(["nickname", "private-messages"], SdpText.Attribute(bob.Dialog.Answer, "chatroom").Split(' ').Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Section", "RFC 7701 5.2")]
    public async Task WhoTakesNoCpimCannotJoin()
    {
        await using var bob = await lobby.ConnectAsync("bob");
        var offer = SdpText.Msrp(SdpText.Path()).Replace("a=accept-types:message/cpim text/plain", "a=accept-types:text/plain", StringComparison.Ordinal);
        Assert.Equal(488, (await bob.InviteAsync(Lobby.Room, offer)).Response.Status);
    }

    [Fact]
    [Trait("Section", "RFC 7701 6.1")]
    public async Task WhatOneSaysReachesAllOthersAndNotHimself()
    {
        await using var alice = await lobby.JoinAsync("alice");
        await using var bob = await lobby.JoinAsync("bob");
        await using var carol = await lobby.JoinAsync("carol");
        await bob.SayAsync("all1", Lobby.Cpim("bob", "to all"));
        Assert.Equal(200, await bob.StatusAsync("all1"));
        foreach (var other in new[] { alice, carol })
        {
            Assert.Equal(Lobby.Cpim("bob", "to all"), (await other.Msrp.MessageAsync()).Body);
        }

        await carol.SayAsync("all2", Lobby.Cpim("carol", "heard"));
        Assert.EndsWith("heard", (await bob.Msrp.MessageAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 7701 6.1")]
    public async Task NobodySpeaksInAnothersName()
    {
        await using var bob = await lobby.JoinAsync("bob");
        await bob.SayAsync("name1", Lobby.Cpim("alice", "forged"));
        Assert.Equal(403, await bob.StatusAsync("name1"));
    }

    [Fact]
    [Trait("Section", "RFC 7701 6.2")]
    public async Task APrivateMessageReachesItsAddresseeOnly()
    {
        await using var alice = await lobby.JoinAsync("alice");
        await using var bob = await lobby.JoinAsync("bob");
        await using var carol = await lobby.JoinAsync("carol");
        await bob.SayAsync("priv1", Lobby.Cpim("bob", "psst", "sip:alice@localhost"));
        Assert.Equal(200, await bob.StatusAsync("priv1"));
        await bob.SayAsync("publ1", Lobby.Cpim("bob", "aloud"));
        Assert.Equal(Lobby.Cpim("bob", "psst", "sip:alice@localhost"), (await alice.Msrp.MessageAsync()).Body);
        Assert.EndsWith("aloud", (await carol.Msrp.MessageAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 7701 6.2")]
    public async Task APrivateMessageToWhoTakesNoneIs428()
    {
        await using var alice = await lobby.JoinAsync("alice", static path => SdpText.Msrp(path, "active", "a=chatroom:nickname"));
        await using var bob = await lobby.JoinAsync("bob");
        await bob.SayAsync("priv2", Lobby.Cpim("bob", "psst", "sip:alice@localhost"));
        Assert.Equal(428, await bob.StatusAsync("priv2"));
    }

    [Fact]
    [Trait("Section", "RFC 7701 6.2")]
    public async Task APrivateMessageToWhoIsNotThereIs404()
    {
        await using var bob = await lobby.JoinAsync("bob");
        await bob.SayAsync("priv3", Lobby.Cpim("bob", "psst", "sip:dave@localhost"));
        Assert.Equal(404, await bob.StatusAsync("priv3"));
    }

    [Fact]
    [Trait("Section", "RFC 7701 6.3")]
    public async Task ARefusalByOneMemberIsNoneForTheSender()
    {
        await using var alice = await lobby.JoinAsync("alice");
        await using var bob = await lobby.JoinAsync("bob");
        await bob.SayAsync("refu1", Lobby.Cpim("bob", "to all"));
        Assert.Equal(200, await bob.StatusAsync("refu1"));
        await alice.Msrp.RespondAsync(await alice.Msrp.MessageAsync(), 415);
        await alice.Msrp.FlushAsync();
        await bob.Msrp.FlushAsync();
        Assert.DoesNotContain(bob.Msrp.Received, static frame => frame.Method == "REPORT");
    }
}
