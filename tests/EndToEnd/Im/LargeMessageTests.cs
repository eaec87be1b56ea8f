using System.Security.Cryptography;
using OmaIm.Client;
using Xunit;
using static OmaIm.Tests.EndToEnd.Im.SessionSteps;

namespace OmaIm.Tests.EndToEnd.Im;

/// <summary>Large message mode when the session of a message breaks: another one goes on with it.</summary>
[Trait("Section", "RFC 4975 5.4")]
public sealed class LargeMessageTests
{
    private const int Length = 24_000_000;
    private const int BrokenBehind = 6_000_000;

    private readonly Arrivals<ChatSession> _sessions = new();
    private readonly Arrivals<ImMessage> _messages = new();

    [Theory]
    [InlineData(8)]
    [InlineData(0)]
    public async Task AMessageWhoseSessionBreaksGoesOnInAnotherOneFromWhatIsKept(int kept)
    {
        await using var pair = await DirectPair.StartAsync(bob => bob with { AskForLargeMessages = true, PartialMessages = new PartialMessageOptions { Count = kept } });
        Receive(pair.Bob);
        var content = RandomNumberGenerator.GetBytes(Length);
        var sending = pair.Alice.SendAsync("sip:bob@localhost", "application/octet-stream", content);
        var first = await _sessions.NextAsync();
        var statistics = first.Msrp!.Loop.Statistics;
        AwaitBytes(first, BrokenBehind);
        Break(first);
        await _sessions.NextAsync();
        var sent = await sending.WaitAsync(Patience);
        Assert.Equal((MessageMode.Large, true), (sent.Mode, sent.IsDelivered));
        Assert.Equal(content, (await _messages.NextAsync()).Content.ToArray());

        // With what MSRP puts around it the message itself takes less than 1.2 times its length.
        Assert.Equal(kept == 0, statistics.BytesReceived > (1.2 * Length) + (BrokenBehind / 2));
        await ExpectNothingMoreAsync(pair.Alice);
    }

    [Fact]
    public async Task ARestartOfTheServerCostsNoMessage()
    {
        var appliance = new RunningAppliance();
        await appliance.InitializeAsync();
        try
        {
            var alice = appliance.Client("alice", out _, account => account);
            var bob = appliance.Client("bob", out _, account => account with { AskForLargeMessages = true });
            Receive(bob);
            await bob.RegisterAsync();
            var content = RandomNumberGenerator.GetBytes(Length);
            var sending = alice.SendAsync("sip:bob@localhost", "application/octet-stream", content);
            AwaitBytes(await _sessions.NextAsync(), BrokenBehind);
            await appliance.RestartAsync();
            Assert.True((await sending.WaitAsync(2 * Patience)).IsDelivered);
            Assert.Equal(content, (await _messages.NextAsync()).Content.ToArray());
            await ExpectNothingMoreAsync(alice);
        }
        finally
        {
            await appliance.DisposeAsync();
        }
    }

    [Fact]
    public async Task WhatBreaksTooOftenFailsAndSaysSo()
    {
        await using var pair = await DirectPair.StartAsync(bob => bob with { LargeMessageAttempts = 2 });
        await using var carol = new ImClient(new ImClientOptions
        {
            User = "carol",
            Password = "x",
            Server = pair.Server,
            Transport = Stack.Transport.SipProtocol.Udp,
            AskForLargeMessages = true,
        });
        carol.SessionInvited += invitation => _ = BreakAsync(invitation);
        await carol.RegisterAsync();
        var failure = await Assert.ThrowsAsync<ImException>(
            () => pair.Bob.SendAsync("sip:carol@localhost", "application/octet-stream", new byte[Length]).WaitAsync(Patience));
        Assert.StartsWith("broken off 2 times", failure.Phrase, StringComparison.Ordinal);
        Assert.Equal(ImFailure.Unreachable, failure.Failure);
    }

    [Fact]
    public async Task WhatTheReceiverEndsIsNotBegunAgain()
    {
        await using var pair = await DirectPair.StartAsync(bob => bob with { AskForLargeMessages = true });
        Receive(pair.Bob);
        var sending = pair.Alice.SendAsync("sip:bob@localhost", "application/octet-stream", new byte[Length]);
        var session = await _sessions.NextAsync();
        await session.CloseAsync().WaitAsync(Patience);
        var failure = await Assert.ThrowsAsync<ImException>(() => sending.WaitAsync(Patience));
        Assert.Equal(ImFailure.SessionEnded, failure.Failure);
    }

    private void Receive(ImClient client)
    {
        client.MessageReceived += _messages.Add;
        client.SessionInvited += invitation => _ = AcceptAsync(invitation);

        async Task AcceptAsync(SessionInvitation invitation) => _sessions.Add(await invitation.AcceptAsync());
    }

    private static async Task BreakAsync(SessionInvitation invitation) => Break(await invitation.AcceptAsync());

    private static void Break(ChatSession session) =>
        session.Msrp!.Loop.Post(() => session.Msrp?.Connection?.Close(Stack.Msrp.MsrpCloseReason.TransportError));

    private static void AwaitBytes(ChatSession session, long bytes)
    {
        var statistics = session.Msrp!.Loop.Statistics;
        Assert.True(SpinWait.SpinUntil(() => statistics.BytesReceived > bytes, Patience));
    }

    /// <summary>The next message that arrives is one that is sent now.</summary>
    private async Task ExpectNothingMoreAsync(ImClient sender)
    {
        await sender.SendAsync("sip:bob@localhost", "the next one").WaitAsync(Patience);
        Assert.Equal("the next one", (await _messages.NextAsync()).Text);
    }
}
