using OmaIm.Client;
using OmaIm.Client.Signalling;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Transactions;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Signalling;

public sealed class InviteDialogTests : IDisposable
{
    private static readonly SipUri Room = SipUri.Parse("sip:lobby@rooms.localhost");
    private static readonly byte[] Offer = "v=0\r\n"u8.ToArray();

    private readonly ClientBench _bench = new();
    private readonly FocusStub _focus;
    private readonly List<(DialogEnd Reason, SipMessage? Bye)> _ends = [];
    private readonly InviteDialog _dialog;

    public InviteDialogTests()
    {
        _focus = new FocusStub(_bench.Server.Dialogs);
        _dialog = new InviteDialog(_bench.Agent, _bench.Loop, (reason, bye) => _ends.Add((reason, bye)));
        _bench.Do(() => _bench.Agent.ConnectAsync(CancellationToken.None));
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task AnInviteAnswersTheChallengeAndEndsWithThe200()
    {
        _focus.OnInvite = transaction =>
        {
            if (ClientBench.Authenticate(transaction))
            {
                _focus.Accept(transaction);
            }
        };
        var response = await Invite();
        Assert.Equal(200, response.StatusCode);
        Assert.True(_dialog.IsConfirmed);
        Assert.Equal(2, _focus.Received.Count);
        var invite = _focus.Received[1];
        Assert.Equal(_focus.Received[0].CallId!.Value, invite.CallId!.Value);
        Assert.Equal(_bench.Agent.ContactUser, invite.Contact!.Uri.User);
        Assert.Equal(Offer, invite.Body.ToArray());
        Assert.True(invite.Supported!.Contains("timer"));
    }

    [Fact]
    public async Task WhatEndsBeforeItHasItsTurnIsNeverSent()
    {
        await _bench.Do(() => _dialog.ByeAsync());
        var failure = await Assert.ThrowsAsync<ImException>(() => Invite());
        Assert.Equal(ImFailure.SessionEnded, failure.Failure);
        Assert.Empty(_focus.Received);
    }

    [Fact]
    public async Task ALaterInviteCarriesCredentialsAtOnce()
    {
        _focus.OnInvite = transaction =>
        {
            if (ClientBench.Authenticate(transaction))
            {
                _focus.Accept(transaction);
            }
        };
        await Invite();
        var another = new InviteDialog(_bench.Agent, _bench.Loop, (_, _) => { });
        await Invite(another);
        Assert.Equal(3, _focus.Received.Count);
        Assert.Equal("00000002", _focus.Received[2].Authorization!.Credentials!.Nc);
    }

    [Theory]
    [InlineData(403, ImFailure.Forbidden)]
    [InlineData(404, ImFailure.NotFound)]
    [InlineData(488, ImFailure.Refused)]
    [InlineData(503, ImFailure.Unreachable)]
    public async Task ARefusalIsATypedFailure(int status, ImFailure kind)
    {
        _focus.OnInvite = transaction => transaction.Respond(status);
        var failure = await Assert.ThrowsAsync<ImException>(() => Invite());
        Assert.Equal((kind, status), (failure.Failure, failure.StatusCode));
        Assert.Empty(_ends);
    }

    [Fact]
    public async Task CancellingCancelsTheInvite()
    {
        var cancelled = false;
        _focus.OnInvite = transaction =>
        {
            transaction.Cancelled += () => cancelled = true;
            transaction.Respond(180);
        };
        using var cancellation = new CancellationTokenSource();
        var inviting = Invite(cancellationToken: cancellation.Token);
        Assert.False(inviting.IsCompleted);
        await cancellation.CancelAsync();
        _bench.Settle();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inviting);
        Assert.True(cancelled);
    }

    [Fact]
    public async Task WhoCancelsWaitsForNoAnswer()
    {
        _focus.OnInvite = transaction => transaction.Respond(180);
        _bench.ClientFlow.Loses = message => message.Method == SipMethod.Cancel;
        using var cancellation = new CancellationTokenSource();
        var inviting = Invite(cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();
        _bench.Settle();
        Assert.True(inviting.IsCanceled);
        Assert.Contains("CANCEL", _bench.ClientFlow.SentInShort());
    }

    [Fact]
    public async Task AGoodbyeThatCrossesOursIsKept()
    {
        await Invite();
        _bench.Server.Loop.Post(() => _focus.Usage!.Bye("SIP;cause=410;text=\"Expelled\""));
        _bench.Loop.Post(() => _ = _dialog.ByeAsync());
        _bench.Settle();
        Assert.Equal("Expelled", _dialog.Goodbye!.Reason!.Text);
        Assert.Empty(_ends);
    }

    [Fact]
    public async Task WhatRingsForEverIsGivenUp()
    {
        var cancelled = false;
        _focus.OnInvite = transaction =>
        {
            transaction.Cancelled += () => cancelled = true;
            transaction.Respond(180);
        };
        var inviting = Invite();
        _bench.Run(TimeSpan.FromSeconds(119));
        Assert.False(inviting.IsCompleted);
        _bench.Run(TimeSpan.FromSeconds(2));
        Assert.Equal(480, (await Assert.ThrowsAsync<ImException>(() => inviting)).StatusCode);
        Assert.True(cancelled);
    }

    [Fact]
    public async Task WhatRingsKeepsNobodyElseFromInviting()
    {
        _focus.OnInvite = transaction => transaction.Respond(180);
        for (var i = 0; i < 100; i++)
        {
            _ = Invite(new InviteDialog(_bench.Agent, _bench.Loop, (_, _) => { }));
        }

        _focus.OnInvite = _focus.Accept;
        var inviting = Invite();
        Assert.True(inviting.IsCompleted);
        Assert.Equal(200, (await inviting).StatusCode);
    }

    [Fact]
    public async Task AByeOfTheFocusIsReportedWithItsReason()
    {
        await Invite();
        Serve(() => _focus.Usage!.Bye("SIP;cause=410;text=\"Expelled\""));
        var (reason, bye) = Assert.Single(_ends);
        Assert.Equal(DialogEnd.RemoteBye, reason);
        Assert.Equal((410, "Expelled"), (bye!.Reason!.Cause, bye.Reason.Text));
    }

    [Fact]
    public async Task AnOwnByeIsNotReported()
    {
        await Invite();
        var leaving = _bench.Do(_dialog.ByeAsync);
        Assert.True(leaving.IsCompletedSuccessfully);
        Assert.Equal(InviteState.Terminated, _focus.Usage!.State);
        Assert.Empty(_ends);
    }

    [Fact]
    public async Task AReinviteIsAnsweredWithTheSameDescription()
    {
        await Invite();
        SipMessage? answer = null;
        Serve(() => _focus.Usage!.Reinvite("application/sdp", "v=0\r\no=x\r\n"u8.ToArray(), (_, response) => answer = response));
        Assert.Equal(200, answer!.StatusCode);
        Assert.Equal(Offer, answer.Body.ToArray());
    }

    // As RFC 3261 section 13.3.1.4 of the first 200: the other side may not have this one before its ACK is here.
    [Fact]
    public async Task AReinviteIsAcceptedWhenItsAckIsThere()
    {
        InviteDialog? dialog = null;
        Task? accepting = null;
        var isOverAtOnce = true;
        dialog = new InviteDialog(_bench.Agent, _bench.Loop, (_, _) => { })
        {
            Reinvited = transaction =>
            {
                accepting = dialog!.AcceptReinviteAsync(transaction, Offer);
                isOverAtOnce = accepting.IsCompleted;
            },
        };
        await Invite(dialog);
        Serve(() => _focus.Usage!.Reinvite("application/sdp", Offer, (_, _) => { }));
        Assert.False(isOverAtOnce);
        Assert.True(accepting!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task AReinviteThatIsNotAcknowledgedIsNotAccepted()
    {
        InviteDialog? dialog = null;
        Task? accepting = null;
        dialog = new InviteDialog(_bench.Agent, _bench.Loop, (_, _) => { })
        {
            Reinvited = transaction =>
            {
                accepting = dialog!.AcceptReinviteAsync(transaction, Offer);
                _ = dialog.ByeAsync();
            },
        };
        await Invite(dialog);
        Serve(() => _focus.Usage!.Reinvite("application/sdp", Offer, (_, _) => { }));
        Assert.Equal(ImFailure.SessionEnded, (await Assert.ThrowsAsync<ImException>(() => accepting!)).Failure);
    }

    [Fact]
    public async Task ARequestWithinTheDialogReturnsItsAnswer()
    {
        await Invite();
        _focus.OnRequest = transaction => transaction.Respond(202);
        var response = await _bench.Do(() => _dialog.SendAsync(
            SipMethod.Refer, refer => refer.Headers.Set(SipHeaderId.ReferTo, "<sip:dave@localhost>"), CancellationToken.None));
        Assert.Equal(202, response.StatusCode);
    }

    [Fact]
    public async Task WithoutADialogARequestFailsAtOnce()
    {
        var failure = await Assert.ThrowsAsync<ImException>(
            () => _bench.Do(() => _dialog.SendAsync(SipMethod.Refer, _ => { }, CancellationToken.None)));
        Assert.Equal(ImFailure.SessionEnded, failure.Failure);
    }

    private Task<SipMessage> Invite(InviteDialog? dialog = null, CancellationToken cancellationToken = default) =>
        _bench.Do(() => (dialog ?? _dialog).InviteAsync(
            Room, _bench.ClientFlow, Offer, invite => invite.SetBody("application/sdp", Offer), cancellationToken));

    private void Serve(Action action)
    {
        _bench.Server.Loop.Post(action);
        _bench.Settle();
    }

    private sealed class FocusStub : IInviteHandler
    {
        private readonly DialogLayer _dialogs;

        public FocusStub(DialogLayer dialogs)
        {
            _dialogs = dialogs;
            OnInvite = Accept;
            dialogs.OutOfDialogRequest += transaction =>
            {
                Received.Add(transaction.Request);
                OnInvite(transaction);
            };
        }

        public Action<ServerTransaction> OnInvite { get; set; }

        public Action<ServerTransaction> OnRequest { get; set; } = transaction => transaction.Respond(405);

        public List<SipMessage> Received { get; } = [];

        public InviteUsage? Usage { get; private set; }

        public void Accept(ServerTransaction invite) =>
            Usage = _dialogs.AcceptInvite(invite, this, Room, null, "application/sdp", "v=0\r\n"u8.ToArray());

        public void OnProgress(InviteUsage usage, SipMessage response)
        {
        }

        public void OnConfirmed(InviteUsage usage, SipMessage message)
        {
        }

        public void OnRejected(InviteUsage usage, SipMessage response)
        {
        }

        public void OnReinvite(InviteUsage usage, ServerTransaction transaction) => transaction.Respond(488);

        void IInviteHandler.OnRequest(InviteUsage usage, ServerTransaction transaction) => OnRequest(transaction);

        public void OnTerminated(InviteUsage usage, DialogEnd reason, SipMessage? bye)
        {
        }
    }
}
