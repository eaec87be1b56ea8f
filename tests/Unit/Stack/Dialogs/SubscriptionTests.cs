using OmaIm.Protocols.Sip;
using OmaIm.Stack.Dialogs;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Dialogs;

/// <summary>RFC 6665.</summary>
public sealed class SubscriptionTests : IDisposable
{
    private readonly DialogBench _bench = new();
    private readonly NotifierRecorder _bob = new();
    private readonly SubscriberRecorder _alice = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void SubscriptionLivesFromSubscribeToUnsubscribe()
    {
        BobServes();
        Subscribe();
        _bench.Pass(0);
        Assert.Equal(["notify active state"], _alice.Told);
        Assert.Equal(TimeSpan.FromHours(1), _bob.Usage.Remaining);

        _bob.Usage.Notify("text/plain", DialogBench.Body("change"));
        _bench.Pass(3539);
        Assert.Single(_bench.ToBob.SentInShort(), "SUBSCRIBE");
        _bench.Pass(1);
        Assert.Equal(2, _bench.ToBob.SentInShort().Count(static message => message == "SUBSCRIBE"));
        _alice.Usage.Unsubscribe();
        _bench.Pass(40);

        Assert.Equal(["notify active state", "notify active change", "notify active state", "notify terminated", "terminated timeout"], _alice.Told);
        Assert.Equal(["delivered", "delivered", "refreshed", "delivered", "terminated Unsubscribed"], _bob.Told);
        AssertNothingIsLeft();
    }

    [Fact]
    public void NotifyMayComeBeforeTheAnswer()
    {
        BobServes();
        _bench.ToAlice.Loses = _ => _bench.ToAlice.Sent.Count == 1; // the 200
        Subscribe();
        _bench.Pass(0);
        Assert.Equal(["SUBSCRIBE", "200 NOTIFY"], _bench.ToBob.SentInShort());
        Assert.Equal(["notify active state"], _alice.Told);
        _bench.Pass(2);
        _alice.Usage.Unsubscribe();
        _bench.Pass(40);

        Assert.Equal("terminated timeout", _alice.Told[^1]);
        Assert.Equal(1, _bob.Told.Count(static told => told.StartsWith("terminated", StringComparison.Ordinal)));
        AssertNothingIsLeft();
    }

    [Fact]
    public void SubscriptionThatIsNotRefreshedExpiresOnBothSides()
    {
        BobServes();
        Subscribe();
        _bench.Pass(0);
        _bench.ToBob.Loses = static _ => true;
        _bench.ToAlice.Loses = static _ => true;
        _bench.Pass(3601);

        Assert.Equal("terminated Expired", _bob.Told[^1]);
        Assert.Equal("NOTIFY", _bench.ToAlice.SentInShort().Last());
        Assert.Equal("terminated;reason=timeout", _bench.ToAlice.Sent[^1].Headers.GetText(SipHeaderId.SubscriptionState));
        Assert.Equal("terminated 408", _alice.Told[^1]); // its refresh was not answered
        _bench.Pass(40);
        AssertNothingIsLeft();
    }

    [Fact]
    public void SubscriberThatForgotTheDialogEndsTheSubscription()
    {
        BobServes();
        Subscribe();
        _bench.Pass(0);
        var notify = _bob.Usage.Dialog.CreateRequest(SipMethod.Notify);
        notify.Headers.Set(SipHeaderId.Event, "presence");
        notify.Headers.Set(SipHeaderId.SubscriptionState, "terminated;reason=noresource");
        _bench.Bob.Transactions.Send(notify, _bench.ToAlice, static (_, _) => { }); // another package: not this subscription's
        _bench.Pass(0);
        Assert.Equal("481 NOTIFY", _bench.ToBob.SentInShort().Last());
        Assert.False(_alice.Usage.IsTerminated);

        _bench.ToAlice.Loses = static _ => true; // alice ends unheard, then hears again
        _alice.Usage.Unsubscribe();
        _bench.Pass(33);
        _bench.ToAlice.Loses = static _ => false;
        Assert.True(_alice.Usage.IsTerminated);
        _bench.Pass(40);
        AssertNothingIsLeft();
    }

    [Fact]
    public void NotifyForAnUnknownSubscriptionGets481AndEndsIt()
    {
        BobServes();
        var subscribe = CreateSubscribe();
        _bench.Alice.Transactions.Send(subscribe, _bench.ToBob, static (_, _) => { }); // nobody there keeps a subscription
        _bench.Pass(0);

        Assert.Equal("481 NOTIFY", _bench.ToBob.SentInShort().Last());
        Assert.Equal(["terminated PeerGone"], _bob.Told);
        Assert.Equal(0, _bench.Bob.Dialogs.Count);
    }

    [Fact]
    public void SubscriptionWithoutAnyNotifyEndsAfterTimerN()
    {
        _bench.Bob.Dialogs.OutOfDialogRequest += transaction =>
            _bob.Usage = _bench.Bob.Dialogs.AcceptSubscribe(transaction, _bob, DialogBench.BobContact, TimeSpan.FromHours(1));
        Subscribe();
        _bench.Pass(31.9);
        Assert.Empty(_alice.Told);
        _bench.Pass(0.1);

        Assert.Equal(["terminated"], _alice.Told);
    }

    [Fact]
    public void RejectedSubscriptionTellsTheResponse()
    {
        _bench.Bob.Dialogs.OutOfDialogRequest += static transaction => transaction.Respond(489);
        Subscribe();
        _bench.Pass(40);

        Assert.Equal(["terminated 489"], _alice.Told);
        AssertNothingIsLeft();
    }

    [Fact]
    public void ChallengeIsAnsweredWithCredentialsUnderTheSameCallId()
    {
        _bench.Bob.Dialogs.OutOfDialogRequest += transaction =>
        {
            if (transaction.Request.Headers.Contains(SipHeaderId.Authorization))
            {
                Serve(transaction);
            }
            else
            {
                transaction.Respond(401);
            }
        };
        _alice.Challenged = static (usage, _) =>
        {
            var retry = usage.CreateRetry();
            retry.Headers.Add(SipHeaderId.Authorization, "Digest username=\"alice\"");
            usage.Retry(retry);
            return true;
        };
        Subscribe();
        _bench.Pass(0);

        Assert.Equal(["challenged 401", "notify active state"], _alice.Told);
        Assert.Equal(["1 SUBSCRIBE", "2 SUBSCRIBE"], _bench.ToBob.Sent.Where(static sent => sent.Method == SipMethod.Subscribe && sent.IsRequest).Select(static sent => sent.Headers.GetText(SipHeaderId.CSeq)));
    }

    [Fact]
    public void TooBriefIsAskedForAgainWithTheMinimum()
    {
        _bench.Bob.Dialogs.OutOfDialogRequest += transaction =>
        {
            if (transaction.Request.Expires!.Seconds < 7200)
            {
                var response = transaction.CreateResponse(423);
                response.Headers.Set(SipHeaderId.MinExpires, "7200");
                transaction.Respond(response);
            }
            else
            {
                Serve(transaction);
            }
        };
        Subscribe();
        _bench.Pass(0);

        Assert.Equal(["notify active state"], _alice.Told);
    }

    [Fact]
    public void NotifierThatIsNeverContentIsGivenUp()
    {
        _bench.Bob.Dialogs.OutOfDialogRequest += static transaction =>
        {
            var response = transaction.CreateResponse(423);
            response.Headers.Set(SipHeaderId.MinExpires, $"{transaction.Request.Expires!.Seconds + 1}");
            transaction.Respond(response);
        };
        Subscribe();
        _bench.Pass(40);

        Assert.Equal(["terminated 423"], _alice.Told);
        AssertNothingIsLeft();
    }

    [Fact]
    public void FetchGetsOneNotifyThatIsTheLast()
    {
        BobServes();
        Subscribe(static subscribe => subscribe.Headers.Set(SipHeaderId.Expires, "0"));
        _bench.Pass(40);

        Assert.Equal(["notify terminated state", "terminated timeout"], _alice.Told);
        AssertNothingIsLeft();
    }

    [Fact]
    public void NotifierEndsTheSubscriptionWithItsReason()
    {
        BobServes();
        Subscribe();
        _bench.Pass(0);
        _bob.Usage.Terminate("noresource", "text/plain", DialogBench.Body("gone"));
        _bench.Pass(40);

        Assert.Equal(["notify active state", "notify terminated gone", "terminated noresource"], _alice.Told);
        Assert.Equal("terminated Terminated", _bob.Told[^1]);
        AssertNothingIsLeft();
    }

    [Fact]
    public void NotifiesGoOutOneAfterTheOtherAndNoneIsLost()
    {
        BobServes();
        Subscribe();
        _bench.Pass(0);
        var random = new Random(7);
        _bench.ToBob.Loses = _ => random.Next(3) == 0;
        _bench.ToAlice.Loses = _ => random.Next(3) == 0;
        for (var i = 0; i < 20; i++)
        {
            _bob.Usage.Notify("text/plain", DialogBench.Body($"{i}"));
        }

        Assert.Equal(20, _bob.Usage.Pending);
        _bench.Pass(200);

        Assert.Equal(Enumerable.Range(0, 20).Select(static i => $"notify active {i}").Prepend("notify active state"), _alice.Told);
        Assert.Equal(0, _bob.Usage.Pending);
        Assert.Equal(0, _bench.Alice.Dialogs.Statistics.OutOfOrder);
    }

    [Fact]
    public void SubscriberThatLetsNotifiesPileUpHasToSubscribeAnew()
    {
        BobServes();
        Subscribe();
        _bench.Pass(0);
        _bench.ToBob.Loses = static _ => true;
        for (var i = 0; i < NotifierUsage.MaximumQueued + 2; i++)
        {
            _bob.Usage.Notify("text/plain", DialogBench.Body($"{i}"));
        }

        Assert.True(_bob.Usage.IsTerminated);
        _bench.ToBob.Loses = static _ => false;
        _bench.Pass(40);
        Assert.Equal("terminated deactivated", _alice.Told[^1]);
    }

    [Fact]
    public void RefreshAsksForTheStateAtOnce()
    {
        BobServes();
        Subscribe();
        _bench.Pass(10);
        _alice.Usage.Refresh();
        _bench.Pass(0);

        Assert.Equal(["notify active state", "notify active state"], _alice.Told);
        Assert.Equal("conference", _bench.ToBob.Sent[^2].Headers.GetText(SipHeaderId.Event));
    }

    [Fact]
    public void SubscriptionOutlivesTheSessionWhoseDialogItShares()
    {
        var (alice, bob) = _bench.Establish();
        bob.Requested = (usage, transaction) => Serve(transaction);
        var subscribe = alice.Usage.Dialog.CreateRequest(SipMethod.Subscribe);
        subscribe.Headers.Set(SipHeaderId.Event, "conference");
        subscribe.Headers.Set(SipHeaderId.Expires, "3600");
        _alice.Usage = _bench.Alice.Dialogs.Subscribe(subscribe, alice.Usage.Dialog, _alice);
        _bench.Pass(0);
        Assert.Equal((1, 1), (_bench.Alice.Dialogs.Count, _bench.Bob.Dialogs.Count));

        alice.Usage.Bye();
        _bench.Pass(0);
        Assert.Equal("terminated LocalBye", alice.Told[^1]);
        Assert.Equal((1, 1), (_bench.Alice.Dialogs.Count, _bench.Bob.Dialogs.Count));
        _bob.Usage.Notify("text/plain", DialogBench.Body("later"));
        _bench.Pass(0);
        Assert.Equal(["notify active state", "notify active later"], _alice.Told);

        _alice.Usage.Unsubscribe();
        _bench.Pass(40);
        AssertNothingIsLeft();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ReferIsFollowedByTheProgressOfWhatItAskedFor(bool inDialog)
    {
        var (alice, bob) = _bench.Establish();
        bob.Requested = (_, transaction) => AcceptRefer(transaction);
        _bench.Bob.Dialogs.OutOfDialogRequest += transaction =>
        {
            if (transaction.Request.Method == SipMethod.Refer)
            {
                AcceptRefer(transaction);
            }
        };
        if (inDialog)
        {
            var refer = alice.Usage.Dialog.CreateRequest(SipMethod.Refer);
            refer.Headers.Set(SipHeaderId.ReferTo, "<sip:carol@example.com>");
            _alice.Usage = _bench.Alice.Dialogs.Subscribe(refer, alice.Usage.Dialog, _alice);
        }
        else
        {
            var refer = SipRequests.Create(SipMethod.Refer, "refer-1");
            refer.Headers.Set(SipHeaderId.ReferTo, "<sip:carol@example.com>");
            _alice.Usage = _bench.Alice.Dialogs.Subscribe(refer, _bench.ToBob, _alice);
        }

        _bench.Pass(0);
        Assert.Contains("202 REFER", _bench.ToAlice.SentInShort());
        _bob.Usage.Notify("message/sipfrag;version=2.0", DialogBench.Body("SIP/2.0 100 Trying\r\n"));
        _bench.Pass(1);
        _bob.Usage.Terminate("noresource", "message/sipfrag;version=2.0", DialogBench.Body("SIP/2.0 200 OK\r\n"));
        _bench.Pass(1);

        Assert.Equal(["notify active SIP/2.0 100 Trying", "notify terminated SIP/2.0 200 OK", "terminated noresource"], _alice.Told);
        Assert.Equal((1, 1), (_bench.Alice.Dialogs.Count, _bench.Bob.Dialogs.Count)); // the session's
    }

    [Fact]
    public void TwoRefersOfOneDialogAreToldApart()
    {
        var (alice, bob) = _bench.Establish();
        var served = new List<NotifierUsage>();
        bob.Requested = (_, transaction) => served.Add(_bench.Bob.Dialogs.AcceptRefer(transaction, _bob, DialogBench.BobContact, TimeSpan.FromMinutes(3)));
        var recorders = new[] { new SubscriberRecorder(), new SubscriberRecorder() };
        foreach (var recorder in recorders)
        {
            var refer = alice.Usage.Dialog.CreateRequest(SipMethod.Refer);
            refer.Headers.Set(SipHeaderId.ReferTo, "<sip:carol@example.com>");
            recorder.Usage = _bench.Alice.Dialogs.Subscribe(refer, alice.Usage.Dialog, recorder);
            _bench.Pass(0);
        }

        served[1].Terminate("noresource", "message/sipfrag", DialogBench.Body("second"));
        served[0].Terminate("noresource", "message/sipfrag", DialogBench.Body("first"));
        _bench.Pass(0);

        Assert.Equal(["notify terminated first", "terminated noresource"], recorders[0].Told);
        Assert.Equal(["notify terminated second", "terminated noresource"], recorders[1].Told);
    }

    [Fact]
    public void ReferWithoutSubscriptionEndsWithItsAnswer()
    {
        _bench.Bob.Dialogs.OutOfDialogRequest += static transaction =>
        {
            var response = transaction.CreateResponse(200);
            response.Headers.Set(SipHeaderId.Contact, "<sip:bob@192.0.2.2>");
            response.Headers.Set(SipHeaderId.ReferSub, "false");
            transaction.Respond(response);
        };
        var refer = SipRequests.Create(SipMethod.Refer);
        refer.Headers.Set(SipHeaderId.ReferSub, "false");
        refer.Headers.Set(SipHeaderId.ReferTo, "<sip:carol@example.com>");
        _alice.Usage = _bench.Alice.Dialogs.Subscribe(refer, _bench.ToBob, _alice);
        _bench.Pass(40);

        Assert.Equal(["terminated 200"], _alice.Told);
        AssertNothingIsLeft();
    }

    [Fact]
    public void ReferWhoseEndIsNeverToldCanBeAbandoned()
    {
        var (alice, bob) = _bench.Establish();
        bob.Requested = (_, transaction) => AcceptRefer(transaction);
        var refer = alice.Usage.Dialog.CreateRequest(SipMethod.Refer);
        refer.Headers.Set(SipHeaderId.ReferTo, "<sip:carol@example.com>");
        _alice.Usage = _bench.Alice.Dialogs.Subscribe(refer, alice.Usage.Dialog, _alice);
        _bench.Pass(0);
        _bob.Usage.Notify("message/sipfrag", DialogBench.Body("trying"));
        _bench.Pass(0);
        alice.Usage.Bye();
        _bench.Pass(100);
        Assert.Equal(1, _bench.Alice.Dialogs.Count);

        _alice.Usage.Abandon();
        Assert.Equal(["notify active trying", "terminated timeout"], _alice.Told);
        Assert.Equal(0, _bench.Alice.Dialogs.Count);
        _bob.Usage.Notify("message/sipfrag", DialogBench.Body("later"));
        _bench.Pass(40);
        AssertNothingIsLeft();
    }

    [Fact]
    public void NotifyWithoutSubscriptionStateGets400()
    {
        BobServes();
        Subscribe();
        _bench.Pass(0);
        var notify = _bob.Usage.Dialog.CreateRequest(SipMethod.Notify);
        notify.Headers.Set(SipHeaderId.Event, "conference");
        _bench.Bob.Transactions.Send(notify, _bench.ToAlice, static (_, _) => { });
        _bench.Pass(0);

        Assert.Equal("400 NOTIFY", _bench.ToBob.SentInShort().Last());
        Assert.Equal(["notify active state"], _alice.Told);
    }

    private static SipMessage CreateSubscribe()
    {
        var subscribe = SipRequests.Create(SipMethod.Subscribe, "subscription-1");
        subscribe.Headers.Set(SipHeaderId.Event, "conference");
        subscribe.Headers.Set(SipHeaderId.Expires, "3600");
        return subscribe;
    }

    private void BobServes() => _bench.Bob.Dialogs.OutOfDialogRequest += Serve;

    private void Serve(OmaIm.Stack.Transactions.ServerTransaction transaction)
    {
        _bob.Usage = _bench.Bob.Dialogs.AcceptSubscribe(transaction, _bob, DialogBench.BobContact, TimeSpan.FromSeconds(transaction.Request.Expires!.Seconds));
        _bob.Usage.Notify("text/plain", DialogBench.Body("state"));
    }

    private void AcceptRefer(OmaIm.Stack.Transactions.ServerTransaction transaction) =>
        _bob.Usage = _bench.Bob.Dialogs.AcceptRefer(transaction, _bob, DialogBench.BobContact, TimeSpan.FromMinutes(3));

    private void Subscribe(Action<SipMessage>? change = null)
    {
        var subscribe = CreateSubscribe();
        change?.Invoke(subscribe);
        _alice.Usage = _bench.Alice.Dialogs.Subscribe(subscribe, _bench.ToBob, _alice);
    }

    private void AssertNothingIsLeft()
    {
        Assert.Equal((0, 0), (_bench.Alice.Dialogs.Count, _bench.Bob.Dialogs.Count));
        Assert.Equal((0, 0), (_bench.Alice.Transactions.Count, _bench.Bob.Transactions.Count));
        Assert.Equal(0, _bench.Alice.Loop.Faults + _bench.Bob.Loop.Faults);
    }
}
