using System.Security.Cryptography;
using OmaIm.Client;
using OmaIm.Stack.Transport;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Rooms;

public abstract class LobbyTests(RunningAppliance appliance)
{
    [Theory]
    [InlineData("hello")]
    [InlineData("Grüße, 世界 👩‍👩‍👧 \u202e")]
    [InlineData("one\ntwo\r\n\r\nthree\n")]
    [InlineData("-------a786hjs2$\r\nMSRP a786hjs3 SEND\r\n")]
    public async Task WhatOneSaysReachesTheTwoOthersUnchanged(string text)
    {
        await using var alice = await appliance.JoinLobbyAsync("alice");
        await using var bob = await appliance.JoinLobbyAsync("bob");
        await using var carol = await appliance.JoinLobbyAsync("carol");
        await alice.SendAsync(text);
        foreach (var other in new[] { bob, carol })
        {
            var message = await other.NextMessageAsync();
            Assert.Equal(text, message.Text);
            Assert.Equal("sip:alice@localhost", message.From);
            Assert.Equal("alice", message.FromName);
            Assert.Equal(RunningAppliance.Lobby, message.To);
            Assert.False(message.IsPrivate);
            Assert.NotNull(message.SentAt);
        }
    }

    [Fact]
    public async Task TheSenderGetsNoCopyAndOrderIsKept()
    {
        await using var alice = await appliance.JoinLobbyAsync("alice");
        await using var bob = await appliance.JoinLobbyAsync("bob");
        var sending = Enumerable.Range(0, 100).Select(i => alice.SendAsync($"{i}")).ToArray();
        await Task.WhenAll(sending);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal($"{i}", (await bob.NextMessageAsync()).Text);
        }

        await bob.SendAsync("done");
        Assert.Equal("done", (await alice.NextMessageAsync()).Text);
    }

    [Fact]
    public async Task APrivateMessageReachesOneOnly()
    {
        await using var alice = await appliance.JoinLobbyAsync("alice");
        await using var bob = await appliance.JoinLobbyAsync("bob");
        await using var carol = await appliance.JoinLobbyAsync("carol");
        await alice.SendPrivateAsync("sip:bob@localhost", "psst");
        await alice.SendAsync("to all");
        var secret = await bob.NextMessageAsync();
        Assert.Equal(("psst", true, "sip:bob@localhost"), (secret.Text, secret.IsPrivate, secret.To));
        Assert.Equal("to all", (await bob.NextMessageAsync()).Text);
        Assert.Equal("to all", (await carol.NextMessageAsync()).Text);
    }

    [Fact]
    public async Task APrivateMessageToNobodyIsNotFound()
    {
        await using var alice = await appliance.JoinLobbyAsync("alice");
        var failure = await Assert.ThrowsAsync<ImException>(() => alice.SendPrivateAsync("sip:nobody@localhost", "psst"));
        Assert.Equal((ImFailure.NotFound, 404), (failure.Failure, failure.StatusCode));
        await alice.SendAsync("the session goes on");
    }

    [Fact]
    public async Task LargeContentArrivesByteIdentical()
    {
        await using var alice = await appliance.JoinLobbyAsync("alice");
        await using var bob = await appliance.JoinLobbyAsync("bob");
        var content = RandomNumberGenerator.GetBytes(3 * 1024 * 1024);
        var sent = await alice.SendAsync("application/octet-stream", content);
        Assert.NotEmpty(sent.MessageId);
        var message = await bob.NextMessageAsync();
        Assert.Equal("application/octet-stream", message.ContentType);
        Assert.True(content.AsSpan().SequenceEqual(message.Content.Span));
    }

    [Fact]
    public async Task ShortMessagesOvertakeALongOne()
    {
        await using var alice = await appliance.JoinLobbyAsync("alice");
        await using var bob = await appliance.JoinLobbyAsync("bob");
        var sending = alice.SendAsync("application/octet-stream", new byte[8 * 1024 * 1024]);
        await alice.SendAsync("quick");
        Assert.Equal("quick", (await bob.NextMessageAsync()).Text);
        await sending;
        Assert.Equal(8 * 1024 * 1024, (await bob.NextMessageAsync()).Content.Length);
    }

    [Fact]
    public async Task ACancelledMessageIsForgottenByAll()
    {
        await using var alice = await appliance.JoinLobbyAsync("alice");
        await using var bob = await appliance.JoinLobbyAsync("bob");
        using var cancellation = new CancellationTokenSource();
        var sending = alice.SendAsync("application/octet-stream", new byte[16 * 1024 * 1024], cancellation.Token);
        await alice.SendAsync("begun");
        Assert.Equal("begun", (await bob.NextMessageAsync()).Text);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await alice.SendAsync("and given up");
        Assert.Equal("and given up", (await bob.NextMessageAsync()).Text);
    }

    [Fact]
    public async Task EverySessionOfAnAccountHears()
    {
        await using var alice = await appliance.JoinLobbyAsync("alice");
        await using var phone = await appliance.JoinLobbyAsync("bob");
        await using var laptop = await appliance.JoinLobbyAsync("bob");
        await alice.SendAsync("both of you");
        Assert.Equal("both of you", (await phone.NextMessageAsync()).Text);
        Assert.Equal("both of you", (await laptop.NextMessageAsync()).Text);
        await phone.SendAsync("from the phone");
        Assert.Equal("from the phone", (await laptop.NextMessageAsync()).Text);
    }

    [Fact]
    public async Task SipOverUdpServesAsWell()
    {
        await using var alice = await appliance.Client("alice", transport: SipProtocol.Udp).JoinAsync(RunningAppliance.Lobby);
        await using var bob = await appliance.JoinLobbyAsync("bob");
        await bob.SendAsync("hello");
        Assert.Equal("hello", (await alice.NextMessageAsync()).Text);
        await alice.RosterBecomesAsync("alice", "bob");
    }

    [Fact]
    public async Task LeavingEndsTheEventsAndTheSends()
    {
        var alice = await appliance.JoinLobbyAsync("alice");
        await alice.LeaveAsync();
        Assert.Null((await alice.NextAsync<Closed>()).Failure);
        await alice.Events.Completion;
        var failure = await Assert.ThrowsAsync<ImException>(() => alice.SendAsync("too late"));
        Assert.Equal(ImFailure.SessionEnded, failure.Failure);
        await alice.LeaveAsync();
    }

    public sealed class OverSockets(RunningAppliance appliance) : LobbyTests(appliance), IClassFixture<RunningAppliance>;

    public sealed class OverPipes(PipedAppliance appliance) : LobbyTests(appliance), IClassFixture<PipedAppliance>;

    public sealed class OverTls(TlsAppliance appliance) : LobbyTests(appliance), IClassFixture<TlsAppliance>;
}
