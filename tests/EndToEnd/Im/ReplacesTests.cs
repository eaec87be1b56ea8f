using OmaIm.Client;
using OmaIm.Protocols.Sip;
using Xunit;
using static OmaIm.Tests.EndToEnd.Im.SessionSteps;

namespace OmaIm.Tests.EndToEnd.Im;

/// <summary>Carol invites Bob in the place of his session with Alice; what she names in Replaces, the test writes.</summary>
[Trait("Section", "RFC 3891 3")]
public sealed class ReplacesTests : IAsyncLifetime
{
    private DirectPair _pair = null!;
    private ImClient _carol = null!;

    public async Task InitializeAsync()
    {
        _pair = await DirectPair.StartAsync();
        _carol = _pair.Client("carol");
        await _carol.RegisterAsync();
    }

    public async Task DisposeAsync()
    {
        await _carol.DisposeAsync();
        await _pair.DisposeAsync();
    }

    [Fact]
    public async Task TheNewSessionTakesThePlaceOfTheOldOneWhichEndsWithABye()
    {
        var (ofAlice, ofBob) = await TalkAsync();
        var again = AcceptNext(_pair.Bob);
        Replace(Named());
        await using var ofCarol = await _carol.OpenSessionAsync("sip:bob@localhost").WaitAsync(Patience);
        await using var replacing = await again;
        Assert.Equal("sip:carol@localhost", replacing.Peer);
        Assert.Null((await NextAsync<SessionEnded>(ofAlice)).Failure);
        Assert.Equal("replaced by another session", (await NextAsync<SessionEnded>(ofBob)).Reason);
        await ofCarol.SendAsync("now us").WaitAsync(Patience);
        Assert.Equal("now us", (await NextAsync<SessionMessage>(replacing)).Message.Text);
    }

    [Fact]
    public async Task WhenTheUserDeclinesTheOldSessionStays()
    {
        var (ofAlice, ofBob) = await TalkAsync(accepts: false);
        Replace(Named());
        Assert.Equal(603, await RefusalAsync());
        await GoesOnAsync(ofAlice, ofBob);
    }

    [Theory]
    [InlineData(481, "nobody@192.0.2.1;to-tag=a;from-tag=b")]
    [InlineData(481, "{call};to-tag={callee};from-tag=b")]
    [InlineData(481, "{call};to-tag={caller};from-tag={callee}")]
    [InlineData(486, "{call};to-tag={callee};from-tag={caller};early-only")]
    [InlineData(400, "{call};to-tag={callee}")]
    public async Task WhatCannotBeReplacedIsRefusedAndTheSessionGoesOn(int status, string replaces)
    {
        var (ofAlice, ofBob) = await TalkAsync(accepts: false);
        var (call, caller, callee) = _pair.LastDialog;
        Replace(replaces.Replace("{call}", call, StringComparison.Ordinal)
            .Replace("{caller}", caller, StringComparison.Ordinal)
            .Replace("{callee}", callee, StringComparison.Ordinal));
        Assert.Equal(status, await RefusalAsync());
        await GoesOnAsync(ofAlice, ofBob);
    }

    [Fact]
    public async Task TwoReplacesAreRefused()
    {
        await TalkAsync(accepts: false);
        Replace(Named(), Named());
        Assert.Equal(400, await RefusalAsync());
    }

    [Fact]
    public async Task AnEarlyDialogThatTheOtherSideBeganIs481()
    {
        var invitations = new Arrivals<SessionInvitation>();
        _pair.Bob.SessionInvited += invitations.Add;
        using var cancellation = new CancellationTokenSource();
        var inviting = _pair.Alice.OpenSessionAsync("sip:bob@localhost", cancellationToken: cancellation.Token);
        await invitations.NextAsync();
        Assert.True(await Task.Run(() => SpinWait.SpinUntil(() => _pair.LastDialog.CallId is not null, Patience)));
        Replace(Named());
        Assert.Equal(481, await RefusalAsync());
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inviting.WaitAsync(Patience));
    }

    [Fact]
    public async Task OutsideOfAnInviteReplacesIs400()
    {
        _pair.Bob.MessageReceived += _ => { };
        Replace("nobody@192.0.2.1;to-tag=a;from-tag=b");
        var failure = await Assert.ThrowsAsync<ImException>(() => _carol.SendAsync("sip:bob@localhost", "hi").WaitAsync(Patience));
        Assert.Equal(400, failure.StatusCode);
    }

    /// <summary>A session of Alice with Bob, who accepts or declines what comes behind it.</summary>
    private async Task<(ChatSession Alice, ChatSession Bob)> TalkAsync(bool accepts = true)
    {
        var accepted = new Arrivals<ChatSession>();
        var isFirst = true;
        _pair.Bob.SessionInvited += invitation => _ = AnswerAsync(invitation);
        var alice = await _pair.Alice.OpenSessionAsync("sip:bob@localhost").WaitAsync(Patience);
        return (alice, await accepted.NextAsync());

        async Task AnswerAsync(SessionInvitation invitation)
        {
            if (isFirst)
            {
                isFirst = false;
                accepted.Add(await invitation.AcceptAsync());
            }
            else if (!accepts)
            {
                invitation.Decline();
            }
        }
    }

    /// <summary>As Bob names the last dialog: his own tag is that of To (RFC 3891 section 3).</summary>
    private string Named() => $"{_pair.LastDialog.CallId};to-tag={_pair.LastDialog.CalleesTag};from-tag={_pair.LastDialog.CallersTag}";

    private void Replace(params string[] replaces) => _pair.Altered = request =>
    {
        if (request.From!.Uri.User == "carol" && string.IsNullOrEmpty(request.To!.Tag) && request.Method != SipMethod.Ack)
        {
            foreach (var value in replaces)
            {
                request.Headers.Add(SipHeaderId.Replaces, value);
            }
        }
    };

    private async Task<int> RefusalAsync() =>
        (await Assert.ThrowsAsync<ImException>(() => _carol.OpenSessionAsync("sip:bob@localhost").WaitAsync(Patience))).StatusCode;

    private static async Task GoesOnAsync(ChatSession from, ChatSession to)
    {
        await from.SendAsync("still us").WaitAsync(Patience);
        Assert.Equal("still us", (await NextAsync<SessionMessage>(to)).Message.Text);
    }
}
