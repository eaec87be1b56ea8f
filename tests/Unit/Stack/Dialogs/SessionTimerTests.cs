using OmaIm.Protocols.Sip;
using OmaIm.Stack.Dialogs;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Dialogs;

/// <summary>RFC 4028.</summary>
public sealed class SessionTimerTests
{
    [Fact]
    public void CallerRefreshesByUpdateAtHalfTheInterval()
    {
        using var bench = new DialogBench();
        var (alice, bob) = bench.Establish();
        Assert.Equal("1800", bench.ToBob.Sent[0].Headers.GetText(SipHeaderId.SessionExpires));
        Assert.Equal("1800;refresher=uac", bench.ToAlice.Sent[0].Headers.GetText(SipHeaderId.SessionExpires));
        Assert.True(bench.ToAlice.Sent[0].Require!.Contains("timer"));
        Assert.True(alice.Usage.IsSessionRefresher);
        Assert.False(bob.Usage.IsSessionRefresher);

        bench.Pass(899);
        Assert.DoesNotContain("UPDATE", bench.ToBob.SentInShort());
        bench.Pass(4 * 3600);

        Assert.Equal(16, bench.ToBob.SentInShort().Count(static message => message == "UPDATE"));
        Assert.Equal(["confirmed"], alice.Told);
        Assert.Equal(["confirmed"], bob.Told);
        Assert.Equal("1800;refresher=uac", bench.ToBob.Sent[^1].Headers.GetText(SipHeaderId.SessionExpires));
    }

    [Fact]
    public void PeerWithoutUpdateIsRefreshedByAReinviteThatChangesNothing()
    {
        using var bench = new DialogBench();
        var bob = new InviteRecorder();
        bench.Bob.Dialogs.OutOfDialogRequest += transaction =>
            bob.Usage = bench.Bob.Dialogs.AcceptInvite(transaction, bob, DialogBench.BobContact, [(SipHeaderId.Allow, "INVITE, ACK, BYE")], DialogBench.Sdp, DialogBench.Body("answer"));
        var alice = bench.AliceInvites();
        bench.Pass(901);

        Assert.Equal(["confirmed", "INVITE offer 1"], bob.Told);
        Assert.Equal(["confirmed"], alice.Told);
        Assert.Equal(TimeSpan.FromSeconds(1800), alice.Usage.SessionInterval);
    }

    [Fact]
    public void DeadPeerEndsTheSessionOnBothSides()
    {
        using var bench = new DialogBench();
        var (alice, bob) = bench.Establish();
        bench.ToBob.Loses = static _ => true;
        bench.ToAlice.Loses = static _ => true;

        bench.Pass(900 + 31);
        Assert.Equal(["confirmed"], alice.Told);
        bench.Pass(1);
        Assert.Equal(["confirmed", "terminated PeerGone"], alice.Told);

        bench.Pass(1800 - 32 - 932 - 1);
        Assert.Equal(["confirmed"], bob.Told);
        bench.Pass(1);
        Assert.Equal(["confirmed", "terminated SessionExpired"], bob.Told);
        Assert.Equal("BYE", bench.ToAlice.SentInShort().Last());
        Assert.Equal("SIP;cause=408", bench.ToAlice.Sent[^1].Headers.GetText(SipHeaderId.Reason)); // no goodbye that somebody meant
        Assert.Equal((0, 0), (bench.Alice.Dialogs.Count, bench.Bob.Dialogs.Count));
    }

    [Fact]
    public void TooSmallAnIntervalIsRefusedWithMinSEAndAskedForAgain()
    {
        using var bench = new DialogBench(
            aliceTimers: new SessionTimerOptions { Interval = TimeSpan.FromSeconds(100) },
            bobTimers: new SessionTimerOptions { Minimum = TimeSpan.FromSeconds(300), Interval = TimeSpan.FromSeconds(600) });
        var (alice, bob) = bench.Establish();

        Assert.Equal("422 INVITE", bench.ToAlice.SentInShort().First());
        Assert.Equal("300", bench.ToAlice.Sent[0].Headers.GetText(SipHeaderId.MinSE));
        Assert.Equal(["confirmed"], alice.Told);
        Assert.Equal(["confirmed"], bob.Told);
        Assert.Equal((TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(300)), (alice.Usage.SessionInterval, bob.Usage.SessionInterval));
    }

    [Fact]
    public void PeerThatIsNeverContentIsGivenUp()
    {
        using var bench = new DialogBench();
        bench.Bob.Dialogs.OutOfDialogRequest += static transaction =>
        {
            var response = transaction.CreateResponse(422);
            response.Headers.Set(SipHeaderId.MinSE, $"{transaction.Request.SessionExpires!.Seconds + 1}");
            transaction.Respond(response);
        };
        var alice = bench.AliceInvites();
        bench.Pass(1);

        Assert.Equal(["rejected 422"], alice.Told);
        Assert.Equal(2, bench.ToBob.SentInShort().Count(static message => message == "INVITE"));
    }

    [Fact]
    public void CalledSideRefreshesWhenTheCallerWantsIt()
    {
        using var bench = new DialogBench(aliceTimers: new SessionTimerOptions { Enabled = false });
        var bob = bench.BobAccepts();
        var alice = bench.AliceInvites(static invite =>
        {
            invite.Headers.Set(SipHeaderId.Supported, "timer");
            invite.Headers.Set(SipHeaderId.SessionExpires, "200;refresher=uas");
        });
        bench.Pass(101);

        Assert.True(bob.Usage.IsSessionRefresher);
        Assert.Equal("UPDATE", bench.ToAlice.SentInShort().Last());
        Assert.Equal(["confirmed"], alice.Told);
    }

    [Fact]
    public void PeerWithoutSupportGetsNoTimer()
    {
        using var bench = new DialogBench(aliceTimers: new SessionTimerOptions { Enabled = false });
        var (alice, bob) = bench.Establish();
        bench.Pass(24 * 3600);

        Assert.Null(bench.ToAlice.Sent[0].SessionExpires);
        Assert.Null(bob.Usage.SessionInterval);
        Assert.Equal((InviteState.Confirmed, InviteState.Confirmed), (alice.Usage.State, bob.Usage.State));
    }
}
