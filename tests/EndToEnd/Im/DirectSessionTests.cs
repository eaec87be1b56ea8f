using System.Security.Cryptography;
using OmaIm.Client;
using OmaIm.Protocols.Imdn;
using Xunit;
using static OmaIm.Tests.EndToEnd.Im.SessionSteps;

namespace OmaIm.Tests.EndToEnd.Im;

/// <summary>One-to-one sessions and large messages between two clients that reach each other (OMA IM-4).</summary>
public sealed class DirectSessionTests
{
    [Fact]
    [Trait("Section", "RFC 6135 4.2")]
    public async Task TwoUsersTalkWithReceiptsReportsAndComposing()
    {
        await using var pair = await DirectPair.StartAsync();
        var accepted = AcceptNext(pair.Bob);
        await using var alice = await pair.Alice.OpenSessionAsync("sip:bob@localhost", new SessionOptions { Subject = "lunch" }).WaitAsync(Patience);
        await using var bob = await accepted;
        Assert.Equal(("sip:alice@localhost", "lunch", SessionKind.Chat), (bob.Peer, bob.Subject, bob.Kind));

        alice.Typed();
        Assert.True((await NextAsync<PeerComposing>(bob)).IsActive);
        var sent = await alice.SendAsync("Grüße", new SendOptions { AwaitReport = true, Receipts = ImdnRequests.PositiveDelivery | ImdnRequests.Display }).WaitAsync(Patience);
        Assert.True(sent.IsDelivered);
        Assert.False((await NextAsync<PeerComposing>(bob)).IsActive);
        var message = (await NextAsync<SessionMessage>(bob)).Message;
        Assert.Equal(("Grüße", "sip:alice@localhost", MessageMode.Session), (message.Text, message.From, message.Mode));
        Assert.Equal((sent.MessageId, ImdnStatus.Delivered), Of((await NextAsync<SessionReceipt>(alice)).Receipt));
        await bob.MarkDisplayedAsync(message).WaitAsync(Patience);
        Assert.Equal((sent.MessageId, ImdnStatus.Displayed), Of((await NextAsync<SessionReceipt>(alice)).Receipt));

        var picture = RandomNumberGenerator.GetBytes(300_000);
        await bob.SendAsync("image/png", picture).WaitAsync(Patience);
        var seen = (await NextAsync<SessionMessage>(alice)).Message;
        Assert.Equal("image/png", seen.ContentType);
        Assert.Equal(picture, seen.Content.ToArray());

        await alice.CloseAsync().WaitAsync(Patience);
        Assert.Null((await NextAsync<SessionEnded>(bob)).Failure);
    }

    [Fact]
    [Trait("Section", "RFC 3261 21.6.2")]
    public async Task ADeclinedInvitationIs603()
    {
        await using var pair = await DirectPair.StartAsync();
        pair.Bob.SessionInvited += invitation => invitation.Decline();
        var failure = await Assert.ThrowsAsync<ImException>(() => pair.Alice.OpenSessionAsync("sip:bob@localhost").WaitAsync(Patience));
        Assert.Equal(603, failure.StatusCode);
    }

    [Fact]
    [Trait("Section", "RFC 3261 9.1")]
    public async Task AGivenUpInvitationIsWithdrawn()
    {
        await using var pair = await DirectPair.StartAsync();
        var invitations = new Arrivals<SessionInvitation>();
        pair.Bob.SessionInvited += invitations.Add;
        using var cancellation = new CancellationTokenSource();
        var inviting = pair.Alice.OpenSessionAsync("sip:bob@localhost", cancellationToken: cancellation.Token);
        var invitation = await invitations.NextAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inviting.WaitAsync(Patience));
        Assert.NotNull(invitation);
    }

    [Fact]
    [Trait("Section", "RFC 4975 5.4")]
    public async Task ALostConnectionIsMadeAnewAndNothingIsLostOrShownTwice()
    {
        await using var pair = await DirectPair.StartAsync();
        var accepted = AcceptNext(pair.Bob);
        await using var alice = await pair.Alice.OpenSessionAsync("sip:bob@localhost").WaitAsync(Patience);
        await using var bob = await accepted;
        await alice.SendAsync("before").WaitAsync(Patience);
        var content = RandomNumberGenerator.GetBytes(4_000_000);
        var sending = alice.SendAsync("application/octet-stream", content, new SendOptions { AwaitReport = true });
        alice.Msrp!.Loop.Post(() => alice.Msrp?.Connection?.Close(Stack.Msrp.MsrpCloseReason.TransportError));
        await NextAsync<SessionInterrupted>(alice);
        await NextAsync<SessionResumed>(alice);
        Assert.True((await sending.WaitAsync(Patience)).IsDelivered);
        await alice.SendAsync("after").WaitAsync(Patience);
        Assert.Equal("before", (await NextAsync<SessionMessage>(bob)).Message.Text);
        Assert.Equal(content, (await NextAsync<SessionMessage>(bob)).Message.Content.ToArray());
        Assert.Equal("after", (await NextAsync<SessionMessage>(bob)).Message.Text);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.2")]
    public async Task WhatTheReaderHasNoRoomForIsReportedAsFailedAndMayComeAgain()
    {
        await using var pair = await DirectPair.StartAsync();
        var accepted = AcceptNext(pair.Bob, new SessionOptions { EventCapacity = 1 });
        await using var alice = await pair.Alice.OpenSessionAsync("sip:bob@localhost").WaitAsync(Patience);
        await using var bob = await accepted;
        await alice.SendAsync("one", new SendOptions { AwaitReport = true }).WaitAsync(Patience);
        var options = new SendOptions { AwaitReport = true, MessageId = "m2", Receipts = ImdnRequests.PositiveDelivery };
        var failure = await Assert.ThrowsAsync<ImException>(() => alice.SendAsync("two", options).WaitAsync(Patience));
        Assert.Equal(413, failure.StatusCode);
        Assert.False(alice.Events.TryRead(out _));

        Assert.Equal("one", (await NextAsync<SessionMessage>(bob)).Message.Text);
        Assert.True((await alice.SendAsync("two", options).WaitAsync(Patience)).IsDelivered);
        Assert.Equal("two", (await NextAsync<SessionMessage>(bob)).Message.Text);
        Assert.Equal("m2", (await NextAsync<SessionReceipt>(alice)).Receipt.MessageId);
    }

    [Fact]
    public async Task WhatIsTooLargeForPagerModeHasASessionOfItsOwn()
    {
        await using var pair = await DirectPair.StartAsync();
        var messages = new Arrivals<ImMessage>();
        pair.Bob.MessageReceived += messages.Add;
        var text = new string('x', 100_000);
        var sent = await pair.Alice.SendAsync("sip:bob@localhost", text, new SendOptions { Subject = "long" }).WaitAsync(Patience);
        Assert.Equal((MessageMode.Large, true), (sent.Mode, sent.IsDelivered));
        var message = await messages.NextAsync();
        Assert.Equal((MessageMode.Large, text, sent.MessageId), (message.Mode, message.Text, message.MessageId));
    }

    [Fact]
    public async Task WithoutAListenerOnOneSideTheOtherIsConnectedTo()
    {
        await using var pair = await DirectPair.StartAsync(account => account with { ListenForMsrp = false });
        var accepted = AcceptNext(pair.Alice);
        await using var bob = await pair.Bob.OpenSessionAsync("sip:alice@localhost").WaitAsync(Patience);
        await using var alice = await accepted;
        await bob.SendAsync("hi").WaitAsync(Patience);
        Assert.Equal("hi", (await NextAsync<SessionMessage>(alice)).Message.Text);
    }

    private static (string, ImdnStatus) Of(Receipt receipt) => (receipt.MessageId, receipt.Status);
}
