using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Transactions;

public sealed class TransactionLayerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly SipNode _alice;
    private readonly SipNode _bob;
    private readonly MemoryFlow _toBob;
    private readonly MemoryFlow _toAlice;
    private readonly List<ServerTransaction> _received = [];
    private readonly List<string> _answers = [];

    public TransactionLayerTests()
    {
        _alice = new SipNode(_time, dialogs: false);
        _bob = new SipNode(_time, new TransactionLimits { Transactions = 50 }, dialogs: false);
        (_toBob, _toAlice) = MemoryFlow.Join(_alice.Transport, _bob.Transport, SipProtocol.Udp);
        _bob.Transactions.RequestReceived += _received.Add;
    }

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
    }

    [Fact]
    public void RequestAndResponseFindEachOther()
    {
        Send(SipMethod.Message);
        Pass(0);
        Assert.Single(_received).Respond(202);
        Pass(0);

        Assert.Equal(["202"], _answers);
        Assert.Equal("192.0.2.1", _received[0].Request.Via!.Received);
        Pass(32_000);
        Assert.Equal((0, 0), (_alice.Transactions.Count, _bob.Transactions.Count));
    }

    [Fact]
    public void LostRequestsAndResponsesAreSentAgainAndCountOnce()
    {
        _toBob.Loses = message => _toBob.Sent.Count(sent => sent.Method == message.Method) <= 2;
        _toAlice.Loses = _ => _toAlice.Sent.Count <= 1;
        Send(SipMethod.Message);
        Pass(1500);
        Assert.Single(_received).Respond(200);
        Pass(4000);

        Assert.Single(_received);
        Assert.Equal(["200"], _answers);
    }

    [Fact]
    public void ElevenCopiesOfARequestAreOneRequest()
    {
        var message = SipRequests.Received(SipMethod.Message).ToArray();
        for (var i = 0; i < 11; i++)
        {
            Receive(message);
            if (i == 4)
            {
                _received[0].Respond(200);
            }
        }

        Assert.Single(_received);
        Assert.Equal(7, _toAlice.Sent.Count); // the answer, and one for each copy behind it
    }

    [Theory]
    [InlineData("MESSAGE", 11)] // 0, 0.5, 1.5, 3.5, 7.5, 11.5, ... 31.5 s
    [InlineData("INVITE", 7)] // 0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5 s
    public void UnansweredRequestIsSentAsOftenAsTheTimersSayThenTimesOut(string method, int times)
    {
        _toBob.Loses = static _ => true;
        Send(new SipMethod(method));

        Pass(31_999);
        Assert.Empty(_answers);
        Pass(1);

        Assert.Equal(["408"], _answers);
        Assert.Equal(times, _toBob.Sent.Count);
        Assert.Equal(0, _alice.Transactions.Count);
    }

    [Fact]
    public void FailureHandlerIsToldInsteadOfALocalResponse()
    {
        _toBob.Loses = static _ => true;
        TransactionFailure? failure = null;
        _alice.Transactions.Send(SipRequests.Create(SipMethod.Message), _toBob, (_, _) => _answers.Add("response"), (_, why) => failure = why);
        Pass(32_000);

        Assert.Equal(TransactionFailure.Timeout, failure);
        Assert.Empty(_answers);
    }

    [Fact]
    public void UnansweredInviteGetsTryingAfter200Milliseconds()
    {
        Send(SipMethod.Invite);
        Pass(199);
        Assert.Empty(_toAlice.Sent);
        Pass(1);
        Assert.Equal(["100"], _answers);
        Pass(60_000);
        Assert.Single(_toBob.Sent); // no retransmission behind a provisional response
    }

    [Fact]
    public void LostAckOfAFailureIsAskedForByTheResponse()
    {
        _toBob.Loses = message => message.Method == SipMethod.Ack && _toBob.Sent.Count(sent => sent.Method == SipMethod.Ack) == 1;
        Send(SipMethod.Invite);
        Pass(0);
        _received[0].Respond(486);
        Pass(10_000);

        Assert.Equal(["INVITE", "ACK", "ACK"], _toBob.SentInShort());
        Assert.Equal(["486 INVITE", "486 INVITE"], _toAlice.SentInShort());
        Assert.Equal(["486"], _answers);
        Assert.Equal(0, _bob.Transactions.Statistics.Unacknowledged);
    }

    [Fact]
    public void AckOfASuccessIsHandedUpAndTheRetransmittedInviteAbsorbed()
    {
        var acks = new List<SipMessage>();
        _bob.Transactions.AckReceived += (ack, _) => acks.Add(ack);
        var invite = SipRequests.Received(SipMethod.Invite);
        Receive(invite.ToArray());
        _received[0].Respond(200);
        Receive(invite.ToArray());
        Receive(SipRequests.Received(SipMethod.Ack, "z9hG4bKother", toTag: _received[0].LocalTag).ToArray());
        Receive(SipRequests.Received(SipMethod.Ack, "z9hG4bKb1", toTag: _received[0].LocalTag).ToArray()); // a branch too many clients reuse

        Assert.Single(_toAlice.Sent);
        Assert.Equal(2, acks.Count);
    }

    [Fact]
    public void CancelIsAnsweredTheOwnerIsToldAndTheInviteEndsWith487()
    {
        var cancelled = 0;
        var transaction = Send(SipMethod.Invite);
        Pass(0);
        _received[0].Cancelled += () => cancelled++;
        _received[0].Respond(180);
        Pass(0);
        transaction.Cancel();
        Pass(1000);

        Assert.Equal(1, cancelled);
        Assert.Equal(["180 INVITE", "200 CANCEL", "487 INVITE"], _toAlice.SentInShort());
        Assert.Equal(["INVITE", "CANCEL", "ACK"], _toBob.SentInShort());
        Assert.Equal(["180", "487"], _answers);
        Assert.Equal(_toBob.Sent[0].Via!.Branch, _toBob.Sent[1].Via!.Branch);
        Assert.Equal(_received[0].LocalTag, _toAlice.Sent[1].To!.Tag);
        Assert.Single(_received);
    }

    [Fact]
    public void OwnerMayAnswerTheCancelledInviteItself()
    {
        Receive(SipRequests.Received(SipMethod.Invite).ToArray());
        _received[0].Cancelled += () => _received[0].Respond(486);
        Receive(SipRequests.Received(SipMethod.Cancel).ToArray());

        Assert.Equal(["200 CANCEL", "486 INVITE"], _toAlice.SentInShort());
    }

    [Fact]
    public void CancelBehindTheAnswerChangesNothing()
    {
        var cancelled = 0;
        Receive(SipRequests.Received(SipMethod.Invite).ToArray());
        _received[0].Cancelled += () => cancelled++;
        _received[0].Respond(200);
        Receive(SipRequests.Received(SipMethod.Cancel).ToArray());

        Assert.Equal(["200 INVITE", "200 CANCEL"], _toAlice.SentInShort());
        Assert.Equal(0, cancelled);
    }

    [Theory]
    [InlineData("z9hG4bKguess", "call-1")] // no such transaction
    [InlineData("z9hG4bKb1", "call-2")] // the branch was guessed, the rest not
    public void CancelOfAnothersInviteGets481(string branch, string callId)
    {
        Receive(SipRequests.Received(SipMethod.Invite).ToArray());
        Receive(SipRequests.Received(SipMethod.Cancel, branch, callId).ToArray());

        Assert.Equal(["481 CANCEL"], _toAlice.SentInShort());
        Assert.False(_received[0].IsAnswered);
    }

    [Fact]
    public void CancelFromAnotherAddressGets481()
    {
        Receive(SipRequests.Received(SipMethod.Invite).ToArray());
        var stranger = new MemoryFlow(SipProtocol.Udp, _toAlice.Local, new System.Net.IPEndPoint(System.Net.IPAddress.Parse("198.51.100.9"), 5060));
        _bob.Transport.ReceiveDatagram(SipRequests.Received(SipMethod.Cancel).ToArray(), stranger);
        Pass(0);

        Assert.Equal(["481 CANCEL"], stranger.SentInShort());
        Assert.False(_received[0].IsAnswered);
    }

    [Fact]
    public void MergedRequestGets482()
    {
        Receive(SipRequests.Received(SipMethod.Message, "z9hG4bKway1").ToArray());
        Receive(SipRequests.Received(SipMethod.Message, "z9hG4bKway2").ToArray());
        Receive(SipRequests.Received(SipMethod.Message, "z9hG4bKway2").ToArray());
        Receive(SipRequests.Received(SipMethod.Message, "z9hG4bKway3", cseq: 2).ToArray());

        Assert.Equal(2, _received.Count);
        Assert.Equal(["482 MESSAGE", "482 MESSAGE"], _toAlice.SentInShort());
    }

    [Fact]
    public void RequestsBeyondTheLimitGet503UntilThereIsRoom()
    {
        for (var i = 0; i < 55; i++)
        {
            Receive(SipRequests.Received(SipMethod.Message, $"z9hG4bK{i}x", $"call-{i}").ToArray());
        }

        Assert.Equal(50, _received.Count);
        Assert.Equal(5, _toAlice.SentInShort().Count(static message => message == "503 MESSAGE"));
        Assert.Equal("10", _toAlice.Sent[0].Headers.GetText(SipHeaderId.RetryAfter));

        Pass(32_000); // they are abandoned
        Receive(SipRequests.Received(SipMethod.Message, "z9hG4bKnew", "call-new").ToArray());
        Assert.Equal(51, _received.Count);
        Assert.Equal(50, _bob.Transactions.Statistics.Abandoned);
    }

    [Theory]
    [InlineData("2543branch")]
    [InlineData("z9hG4bK")] // RFC 4475 section 3.2.1
    public void BranchWithoutCookieOrIdFallsBackToRfc2543Matching(string branch)
    {
        Receive(SipRequests.Received(SipMethod.Message, branch).ToArray());
        Receive(SipRequests.Received(SipMethod.Message, branch).ToArray());
        Receive(SipRequests.Received(SipMethod.Message, branch, "call-2").ToArray());

        Assert.Equal(2, _received.Count);
    }

    [Fact]
    public void AckOfAnRfc2543ClientEndsTheRetransmission()
    {
        Receive(SipRequests.Received(SipMethod.Invite, "old").ToArray());
        _received[0].Respond(404);
        Receive(SipRequests.Received(SipMethod.Ack, "old", toTag: _received[0].LocalTag).ToArray());
        Pass(40_000);

        Assert.Equal(["404 INVITE"], _toAlice.SentInShort());
    }

    [Theory]
    [InlineData("\"Bob, B.\" <sip:bob@example.com>;x=1", "\"Bob, B.\" <sip:bob@example.com>;x=1;tag={0}")]
    [InlineData("sip:bob@example.com;x=1", "<sip:bob@example.com>;x=1;tag={0}")]
    public void ToOfTheAnswerIsThatOfTheRequestWithOurTag(string to, string answered)
    {
        var request = SipRequests.Received(SipMethod.Message);
        request.Headers.Set(SipHeaderId.To, to);
        Receive(request.ToArray());
        _received[0].Respond(200);

        Assert.Equal(answered.Replace("{0}", _received[0].LocalTag, StringComparison.Ordinal), _toAlice.Sent[0].Headers.GetText(SipHeaderId.To));
    }

    [Theory]
    [InlineData("192.0.2.1:5060", "z9hG4bKunknown", 1)]
    [InlineData("198.51.100.9:5060", null, 1)] // sent-by is not ours
    [InlineData("192.0.2.1:5060", null, 2)] // somebody else's Via below ours
    public void ResponseThatIsNotOursIsStray(string sentBy, string? branch, int vias)
    {
        var stray = 0;
        _alice.Transactions.StrayResponse += (_, _) => stray++;
        Send(SipMethod.Message);
        var response = SipMessage.CreateResponse(_toBob.Sent[0], 200);
        response.Headers.Set(SipHeaderId.Via, $"SIP/2.0/UDP {sentBy};branch={branch ?? _toBob.Sent[0].Via!.Branch}");
        if (vias == 2)
        {
            response.Headers.Add(SipHeaderId.Via, "SIP/2.0/UDP 198.51.100.9;branch=z9hG4bKx");
        }

        _alice.Transport.ReceiveDatagram(response.ToArray(), _toBob);
        _alice.Loop.RunPending();

        Assert.Equal(1, stray);
        Assert.Equal(1, _alice.Transactions.Statistics.StrayResponses);
        Assert.Empty(_answers);
    }

    [Fact]
    public void SendOverAClosedFlowFailsAfterItReturned()
    {
        _toBob.Close("test");
        Send(SipMethod.Message);
        Assert.Empty(_answers);
        Pass(0);

        Assert.Equal(["503"], _answers);
    }

    [Fact]
    public void HandlerThatThrowsGivesTheClient500AndTheNextRequestIsServed()
    {
        _bob.Transactions.RequestReceived += static transaction =>
        {
            if (transaction.Request.Method == SipMethod.Message)
            {
                throw new InvalidOperationException("as ordered");
            }
        };
        Receive(SipRequests.Received(SipMethod.Message).ToArray());
        Receive(SipRequests.Received(SipMethod.Options, "z9hG4bKb2").ToArray());

        Assert.Equal(["500 MESSAGE"], _toAlice.SentInShort());
        Assert.Equal(2, _received.Count);
        Assert.Equal(1, _bob.Loop.Faults);
    }

    [Fact]
    public async Task SendAsyncReturnsTheFinalResponse()
    {
        _bob.Transactions.RequestReceived += static transaction =>
        {
            transaction.Respond(100);
            transaction.Respond(202);
        };
        var answer = _alice.Transactions.SendAsync(SipRequests.Create(SipMethod.Message), _toBob);
        Pass(0);

        Assert.Equal(202, (await answer.WaitAsync(TimeSpan.FromSeconds(30))).StatusCode);
    }

    [Fact]
    public async Task SendAsyncThatIsCancelledOnlyStopsWaiting()
    {
        using var cancel = new CancellationTokenSource();
        var answer = _alice.Transactions.SendAsync(SipRequests.Create(SipMethod.Message), _toBob, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => answer);
        Pass(0);
        Assert.Single(_received);
    }

    private ClientTransaction Send(SipMethod method) => _alice.Transactions.Send(
        SipRequests.Create(method),
        _toBob,
        (_, response) => _answers.Add($"{response.StatusCode}"));

    private void Receive(byte[] message)
    {
        _bob.Transport.ReceiveDatagram(message, _toAlice);
        Pass(0);
    }

    private void Pass(int milliseconds) => _time.Run(TimeSpan.FromMilliseconds(milliseconds), _alice.Loop, _bob.Loop);
}
