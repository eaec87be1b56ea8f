using OmaIm.Protocols.Sip;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Dialogs;

public sealed class InviteUsageTests
{
    [Theory]
    [InlineData(SipProtocol.Udp)]
    [InlineData(SipProtocol.Tcp)]
    public void SessionLivesFromInviteToBye(SipProtocol protocol)
    {
        using var bench = new DialogBench(protocol);
        var (alice, bob) = bench.Establish();
        Assert.Equal((InviteState.Confirmed, InviteState.Confirmed), (alice.Usage.State, bob.Usage.State));
        Assert.Equal(alice.Usage.Dialog.LocalTag, bob.Usage.Dialog.RemoteTag);
        Assert.Equal("<sip:bob@192.0.2.2>;isfocus", bench.ToAlice.Sent[0].Headers.GetText(SipHeaderId.Contact));

        var answered = new List<string>();
        bob.Usage.Send(bob.Usage.Dialog.CreateRequest(SipMethod.Message), (_, response) => answered.Add($"MESSAGE {response.StatusCode}"));
        bench.Pass(1);
        alice.Usage.Reinvite(DialogBench.Sdp, DialogBench.Body("offer 2"), (_, response) => answered.Add($"INVITE {DialogBench.Text(response)}"));
        bench.Pass(1);
        bob.Usage.Reinvite(DialogBench.Sdp, DialogBench.Body("offer 3"), (_, response) => answered.Add($"INVITE {DialogBench.Text(response)}"));
        bench.Pass(1);
        alice.Usage.Bye("SIP;cause=200;text=\"Done\"");
        bench.Pass(40);

        Assert.Equal(["MESSAGE 200", "INVITE answer 2", "INVITE answer 2"], answered);
        Assert.Equal(["confirmed", "request MESSAGE", "INVITE offer 3", "terminated LocalBye"], alice.Told);
        Assert.Equal(["confirmed", "INVITE offer 2", "terminated RemoteBye by BYE"], bob.Told);
        Assert.Equal(["INVITE", "ACK", "200 MESSAGE", "INVITE", "ACK", "200 INVITE", "BYE"], bench.ToBob.SentInShort());
        Assert.Equal("SIP;cause=200;text=\"Done\"", bench.ToBob.Sent[^1].Headers.GetText(SipHeaderId.Reason));
        Assert.Equal((0, 0), (bench.Alice.Dialogs.Count, bench.Bob.Dialogs.Count));
        Assert.Equal((0, 0), (bench.Alice.Transactions.Count, bench.Bob.Transactions.Count));
    }

    [Fact]
    public void RequestsOfTheDialogAreThoseOfSection12211()
    {
        using var bench = new DialogBench();
        var bob = bench.BobAccepts();
        bench.AliceInvites(static invite =>
        {
            invite.Headers.Add(SipHeaderId.RecordRoute, "<sip:p2.example.com;lr>");
            invite.Headers.Add(SipHeaderId.RecordRoute, "<sip:p1.example.com;lr>");
        });
        bench.Pass(0);

        var ack = bench.ToBob.Sent[1];
        Assert.Equal(SipMethod.Ack, ack.Method);
        Assert.Equal("sip:bob@192.0.2.2", ack.RequestUri.ToString());
        Assert.Equal(["<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>"], ack.Routes.Select(static route => route.ToString())); // the caller reverses
        Assert.Equal("1 ACK", ack.Headers.GetText(SipHeaderId.CSeq));
        Assert.NotEqual(bench.ToBob.Sent[0].Via!.Branch, ack.Via!.Branch);

        var request = bob.Usage.Dialog.CreateRequest(SipMethod.Info);
        Assert.Equal("sip:alice@192.0.2.1", request.RequestUri.ToString());
        Assert.Equal(["<sip:p2.example.com;lr>", "<sip:p1.example.com;lr>"], request.Routes.Select(static route => route.ToString()));
        Assert.Equal("<sip:bob@example.com>;tag=" + bob.Usage.Dialog.LocalTag, request.Headers.GetText(SipHeaderId.From));
        Assert.Equal("<sip:alice@example.com>;tag=a1", request.Headers.GetText(SipHeaderId.To));
        Assert.Equal("1 INFO", request.Headers.GetText(SipHeaderId.CSeq));
        Assert.Equal("2 INFO", bob.Usage.Dialog.CreateRequest(SipMethod.Info).Headers.GetText(SipHeaderId.CSeq));
    }

    [Fact]
    public void StrictRouterGetsItsOwnUriAsRequestUri()
    {
        using var bench = new DialogBench();
        var bob = bench.BobAccepts();
        bench.AliceInvites(static invite => invite.Headers.Add(SipHeaderId.RecordRoute, "<sip:strict.example.com>"));
        bench.Pass(0);

        var request = bob.Usage.Dialog.CreateRequest(SipMethod.Info);
        Assert.Equal("sip:strict.example.com", request.RequestUri.ToString());
        Assert.Equal("<sip:alice@192.0.2.1>", Assert.Single(request.Routes).ToString());
    }

    [Fact]
    public void LostAnswerAndLostAcknowledgementAreRepeatedAndConfirmOnce()
    {
        using var bench = new DialogBench();
        bench.ToAlice.Loses = _ => bench.ToAlice.Sent.Count == 1;
        bench.ToBob.Loses = message => message.Method == SipMethod.Ack && bench.ToBob.Sent.Count(static sent => sent.Method == SipMethod.Ack) == 1;
        var (alice, bob) = bench.Establish();
        bench.Pass(20);

        Assert.Equal(["200 INVITE", "200 INVITE", "200 INVITE"], bench.ToAlice.SentInShort());
        Assert.Equal(["INVITE", "INVITE", "ACK", "ACK"], bench.ToBob.SentInShort());
        Assert.Equal(["confirmed"], alice.Told);
        Assert.Equal(["confirmed"], bob.Told);
        Assert.Equal(bench.ToBob.Sent[^1].Via!.Branch, bench.ToBob.Sent[^2].Via!.Branch);
    }

    [Theory]
    [InlineData(SipProtocol.Udp)]
    [InlineData(SipProtocol.Tcp)] // end to end: an ACK may get lost behind a reliable hop
    public void AnswerWithoutAcknowledgementEndsWithBye(SipProtocol protocol)
    {
        using var bench = new DialogBench(protocol);
        bench.ToBob.Loses = static message => message.Method == SipMethod.Ack;
        var (_, bob) = bench.Establish();
        bench.Pass(31.9);
        Assert.Empty(bob.Told);
        bench.Pass(0.1);

        Assert.Equal(["terminated AckTimeout"], bob.Told);
        Assert.Equal(11, bench.ToAlice.SentInShort().Count(static message => message == "200 INVITE")); // 0, .5, 1.5, 3.5, 7.5, 11.5 ... 31.5 s
        Assert.Equal("BYE", bench.ToAlice.SentInShort().Last());
        Assert.Equal("SIP;cause=408", bench.ToAlice.Sent[^1].Headers.GetText(SipHeaderId.Reason)); // no goodbye that somebody meant
        Assert.Equal(1, bench.Bob.Dialogs.Statistics.AckTimeouts);
        Assert.Equal(0, bench.Bob.Dialogs.Count);
    }

    [Fact]
    public void ByeOfTheCalledSideWaitsForTheAcknowledgement()
    {
        using var bench = new DialogBench();
        bench.ToBob.Loses = message => message.Method == SipMethod.Ack && bench.ToBob.Sent.Count(static sent => sent.Method == SipMethod.Ack) == 1;
        var (_, bob) = bench.Establish();
        bob.Usage.Bye();
        bench.Pass(0.4);
        Assert.DoesNotContain("BYE", bench.ToAlice.SentInShort());
        bench.Pass(1);

        Assert.Contains("BYE", bench.ToAlice.SentInShort());
        Assert.Equal(["terminated LocalBye"], bob.Told);
    }

    [Fact]
    public void CallThatIsEndedBeforeItsAnswerIsCancelled()
    {
        using var bench = new DialogBench();
        bench.Bob.Dialogs.OutOfDialogRequest += static transaction => transaction.Respond(180);
        var alice = bench.AliceInvites();
        bench.Pass(1);
        alice.Usage.Bye();
        alice.Usage.Bye();
        bench.Pass(40);

        Assert.Equal(["progress 180", "terminated LocalBye"], alice.Told);
        Assert.Equal(["INVITE", "CANCEL", "ACK"], bench.ToBob.SentInShort());
    }

    [Fact]
    public void AnswerThatCrossesTheCancelIsAcknowledgedAndEnded()
    {
        using var bench = new DialogBench();
        var bob = new InviteRecorder();
        bench.Bob.Dialogs.OutOfDialogRequest += transaction =>
        {
            transaction.Respond(180);
            transaction.Cancelled += () => bob.Usage = bench.Bob.Dialogs.AcceptInvite(transaction, bob, DialogBench.BobContact, null, DialogBench.Sdp, DialogBench.Body("answer"));
        };
        var alice = bench.AliceInvites();
        bench.Pass(1);
        alice.Usage.Bye();
        bench.Pass(1);

        Assert.Equal(["INVITE", "CANCEL", "ACK", "BYE"], bench.ToBob.SentInShort());
        Assert.Equal(["progress 180", "terminated LocalBye"], alice.Told);
        Assert.Equal(["confirmed", "terminated RemoteBye by BYE"], bob.Told);
    }

    [Fact]
    public void SecondAnswerOfAForkIsAcknowledgedAndEnded()
    {
        using var bench = new DialogBench();
        var (alice, _) = bench.Establish();
        var fork = SipMessage.CreateResponse(bench.ToBob.Sent[0], 200);
        fork.Headers.Set(SipHeaderId.To, "<sip:bob@example.com>;tag=other");
        fork.Headers.Set(SipHeaderId.Contact, "<sip:bob@198.51.100.3>");
        for (var copy = 0; copy < 2; copy++)
        {
            bench.Alice.Transport.ReceiveDatagram(fork.ToArray(), bench.ToBob);
        }

        bench.Pass(0);

        var toFork = bench.ToBob.Sent.Where(static sent => sent.To!.Tag == "other").Select(static sent => $"{sent.Method} {sent.RequestUri}").Distinct();
        Assert.Equal(["ACK sip:bob@198.51.100.3", "BYE sip:bob@198.51.100.3"], toFork);
        Assert.Equal(InviteState.Confirmed, alice.Usage.State);
        Assert.Equal(["confirmed"], alice.Told);
    }

    [Fact]
    public void ChallengedInviteIsSentAgainWithCredentialsThatItsAckRepeats()
    {
        using var bench = new DialogBench();
        var bob = new InviteRecorder();
        bench.Bob.Dialogs.OutOfDialogRequest += transaction =>
        {
            if (transaction.Request.Headers.Contains(SipHeaderId.ProxyAuthorization))
            {
                bob.Usage = bench.Bob.Dialogs.AcceptInvite(transaction, bob, DialogBench.BobContact, null, DialogBench.Sdp, DialogBench.Body("answer"));
            }
            else
            {
                transaction.Respond(407);
            }
        };
        var alice = new InviteRecorder
        {
            Rejected = static (usage, _) =>
            {
                var retry = usage.CreateRetry();
                retry.Headers.Add(SipHeaderId.ProxyAuthorization, "Digest username=\"alice\"");
                usage.Retry(retry);
            },
        };
        var invite = SipRequests.Create(SipMethod.Invite);
        invite.SetBody(DialogBench.Sdp, DialogBench.Body("offer 1"));
        alice.Usage = bench.Alice.Dialogs.Invite(invite, bench.ToBob, alice);
        bench.Pass(0);

        Assert.Equal(["rejected 407", "confirmed"], alice.Told);
        var second = bench.ToBob.Sent.Last(static sent => sent.Method == SipMethod.Invite);
        Assert.Equal(("2 INVITE", "call-1", "offer 1"), (second.Headers.GetText(SipHeaderId.CSeq), second.CallId!.Value, DialogBench.Text(second)));
        Assert.Single(second.Vias);
        var ack = bench.ToBob.Sent[^1];
        Assert.Equal(("2 ACK", "Digest username=\"alice\""), (ack.Headers.GetText(SipHeaderId.CSeq), ack.Headers.GetText(SipHeaderId.ProxyAuthorization)));
        Assert.Equal("3 BYE", alice.Usage.Dialog.CreateRequest(SipMethod.Bye).Headers.GetText(SipHeaderId.CSeq));
    }

    [Fact]
    public void RejectionIsToldOnceAndLeavesNothing()
    {
        using var bench = new DialogBench();
        bench.Bob.Dialogs.OutOfDialogRequest += static transaction => transaction.Respond(403);
        var alice = bench.AliceInvites();
        bench.Pass(40);

        Assert.Equal(["rejected 403"], alice.Told);
        Assert.Equal(InviteState.Terminated, alice.Usage.State);
        Assert.Equal((0, 0), (bench.Alice.Transactions.Count, bench.Alice.Dialogs.Count));
    }

    [Fact]
    public void ReinvitesThatMeetAreBothRefusedAndBothGetThroughLater()
    {
        using var bench = new DialogBench();
        var (alice, bob) = bench.Establish();
        var answered = new List<string>();
        alice.Usage.Reinvite(DialogBench.Sdp, DialogBench.Body("a"), (_, response) => answered.Add($"alice {response.StatusCode}"));
        bob.Usage.Reinvite(DialogBench.Sdp, DialogBench.Body("b"), (_, response) => answered.Add($"bob {response.StatusCode}"));
        bench.Pass(0);
        Assert.Contains("491 INVITE", bench.ToAlice.SentInShort());
        Assert.Contains("491 INVITE", bench.ToBob.SentInShort());
        bench.Pass(10);

        Assert.Equal(["bob 200", "alice 200"], answered); // 0 to 2 s for the called side, 2.1 to 4 s for the owner of the Call-ID
        Assert.Equal(InviteState.Confirmed, alice.Usage.State);
        Assert.Equal(InviteState.Confirmed, bob.Usage.State);
    }

    [Fact]
    public void RefusedReinviteLeavesTheSessionAsItWas()
    {
        using var bench = new DialogBench();
        var (alice, bob) = bench.Establish();
        bob.Reinvited = static (_, transaction) => transaction.Respond(488);
        var status = 0;
        alice.Usage.Reinvite(DialogBench.Sdp, DialogBench.Body("x"), (_, response) => status = response.StatusCode);
        bench.Pass(40);

        Assert.Equal(488, status);
        Assert.Equal((InviteState.Confirmed, InviteState.Confirmed), (alice.Usage.State, bob.Usage.State));
    }

    [Fact]
    public void SecondReinviteBeforeTheAnswerToTheFirstGets500()
    {
        using var bench = new DialogBench();
        var (alice, bob) = bench.Establish();
        bob.Reinvited = static (_, _) => { };
        for (var i = 0; i < 2; i++)
        {
            var invite = alice.Usage.Dialog.CreateRequest(SipMethod.Invite);
            invite.SetBody(DialogBench.Sdp, DialogBench.Body("x"));
            alice.Usage.Send(invite, static (_, _) => { });
        }

        bench.Pass(0);
        Assert.Equal("500 INVITE", bench.ToAlice.SentInShort().Last());
        Assert.NotNull(bench.ToAlice.Sent[^1].RetryAfter);
    }

    [Fact]
    public void ByeAnswersAPendingReinviteWith487()
    {
        using var bench = new DialogBench();
        var (alice, bob) = bench.Establish();
        bob.Reinvited = static (_, _) => { };
        alice.Usage.Reinvite(DialogBench.Sdp, DialogBench.Body("x"), static (_, _) => { });
        bench.Pass(0);
        alice.Usage.Bye();
        bench.Pass(0);

        Assert.Equal(["200 BYE", "487 INVITE"], bench.ToAlice.SentInShort().TakeLast(2));
    }

    [Fact]
    public void ByeBehindTheAnswerToAReinviteIsTheOnlyOne()
    {
        using var bench = new DialogBench();
        var (alice, bob) = bench.Establish();
        bob.Reinvited = static (usage, transaction) =>
        {
            usage.AcceptReinvite(transaction, DialogBench.Sdp, DialogBench.Body("answer 2"));
            usage.Bye();
        };
        alice.Usage.Reinvite(DialogBench.Sdp, DialogBench.Body("x"), static (_, _) => { });
        bench.Pass(40);

        Assert.Single(bench.ToAlice.SentInShort(), static message => message == "BYE");
        Assert.Equal("terminated LocalBye", bob.Told[^1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OurOwnEndAnswersAPendingReinviteToo(bool byBye)
    {
        using var bench = new DialogBench();
        var (alice, bob) = bench.Establish();
        bob.Reinvited = static (_, _) => { };
        alice.Requested = static (_, transaction) => transaction.Respond(481);
        alice.Usage.Reinvite(DialogBench.Sdp, DialogBench.Body("x"), static (_, _) => { });
        bench.Pass(0);
        if (byBye)
        {
            bob.Usage.Bye();
        }
        else
        {
            bob.Usage.Send(bob.Usage.Dialog.CreateRequest(SipMethod.Info), static (_, _) => { });
        }

        bench.Pass(0);
        Assert.Contains("487 INVITE", bench.ToAlice.SentInShort());
    }

    [Fact]
    public void ByesThatCrossEndBothSidesOnce()
    {
        using var bench = new DialogBench();
        var (alice, bob) = bench.Establish();
        alice.Usage.Bye();
        bob.Usage.Bye();
        bench.Pass(40);

        Assert.StartsWith("terminated LocalBye", Assert.Single(alice.Told.Skip(1)), StringComparison.Ordinal);
        Assert.StartsWith("terminated LocalBye", Assert.Single(bob.Told.Skip(1)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(481)]
    [InlineData(408)]
    public void PeerThatForgotTheDialogEndsTheSession(int status)
    {
        using var bench = new DialogBench();
        var (alice, bob) = bench.Establish();
        bob.Requested = (_, transaction) => transaction.Respond(status);
        alice.Usage.Send(alice.Usage.Dialog.CreateRequest(SipMethod.Info), static (_, _) => { });
        bench.Pass(0);

        Assert.Equal(["confirmed", "terminated PeerGone"], alice.Told);
        Assert.Equal(0, bench.Alice.Dialogs.Count);
    }

    [Fact]
    public void SessionSurvivesALineThatLosesEveryThirdMessage()
    {
        using var bench = new DialogBench();
        var random = new Random(42);
        bench.ToBob.Loses = _ => random.Next(3) == 0;
        bench.ToAlice.Loses = _ => random.Next(3) == 0;
        var (alice, bob) = bench.Establish();
        bench.Pass(32);
        for (var i = 0; i < 20; i++)
        {
            (i % 2 == 0 ? alice : bob).Usage.Reinvite(DialogBench.Sdp, DialogBench.Body($"offer {i}"), static (_, response) => Assert.Equal(200, response.StatusCode));
            bench.Pass(32);
        }

        bob.Usage.Bye();
        bench.Pass(70);

        Assert.Equal(10, bob.Told.Count(static told => told.StartsWith("INVITE offer", StringComparison.Ordinal)));
        Assert.Equal("terminated RemoteBye by BYE", alice.Told[^1]);
        Assert.Equal("terminated LocalBye", bob.Told[^1]);
        Assert.Equal(0, bench.Alice.Loop.Faults + bench.Bob.Loop.Faults);
        Assert.Equal((0, 0, 0, 0), (bench.Alice.Dialogs.Count, bench.Bob.Dialogs.Count, bench.Alice.Transactions.Count, bench.Bob.Transactions.Count));
    }
}
