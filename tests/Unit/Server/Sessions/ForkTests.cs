using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Sessions;

/// <summary>The devices of the callee ring at once: RFC 3261 section 16.7, contract points 8 and 18.</summary>
public sealed class ForkTests : SessionBench
{
    [Fact]
    public void TheFirstDeviceThatAcceptsEndsTheOthers()
    {
        var (phone, laptop) = (Registered("bob"), Registered("bob"));
        var invite = Call();
        phone.Respond(Invited(phone), 180, []);
        laptop.Respond(Invited(laptop), 180, []);
        Server.Run();
        ScriptedSession.Accept(laptop, Invited(laptop), Sdp("bob", "active"));

        Assert.Equal(200, Alice.ResponseTo(invite)!.StatusCode);
        Assert.Empty(Received(laptop, SipMethod.Cancel));
        Assert.Equal("SIP;cause=200;text=\"Call completed elsewhere\"", Assert.Single(Received(phone, SipMethod.Cancel)).Headers.GetText(SipHeaderId.Reason));
    }

    [Fact]
    public void ALateAcceptanceGetsAckAndBye()
    {
        var (phone, laptop) = (Registered("bob"), Registered("bob"));
        Call();
        ScriptedSession.Accept(laptop, Invited(laptop), Sdp("bob", "active"));
        var late = ScriptedSession.Accept(phone, Invited(phone), Sdp("bob2", "active"));
        Assert.Single(Received(phone, SipMethod.Ack));
        Assert.True(late.IsEndedByServer);
        Assert.Empty(Received(laptop, SipMethod.Bye));
        Assert.Equal(1, Server.Server.Metrics.Conversations);
    }

    // RFC 3261 section 16.7, step 6.
    [Theory]
    [InlineData(486, 404, 486)]
    [InlineData(500, 486, 486)]
    [InlineData(480, 480, 480)]
    [InlineData(488, 503, 488)]
    [InlineData(302, 302, 480)]
    [InlineData(407, 401, 480)]
    public void WhenNoneAcceptsTheBestRefusalCounts(int first, int second, int best)
    {
        var (phone, laptop) = (Registered("bob"), Registered("bob"));
        var invite = Call();
        phone.Respond(Invited(phone), first, (SipHeaderId.Warning, "399 bob \"no\""));
        Server.Run();
        Assert.Null(Alice.ResponseTo(invite));
        laptop.Respond(Invited(laptop), second, []);
        Server.Run();
        Assert.Equal(best, Alice.ResponseTo(invite)!.StatusCode);
        Assert.Equal(0, Server.Server.Sessions.Count);
    }

    [Fact]
    public void ARefusalForAllEndsAll()
    {
        var (phone, laptop) = (Registered("bob"), Registered("bob"));
        var invite = Call();
        laptop.Respond(Invited(laptop), 180, []);
        phone.Respond(Invited(phone), 603, (SipHeaderId.Warning, "399 bob \"no\""));
        Server.Run();
        var response = Alice.ResponseTo(invite)!;
        Assert.Equal((603, "399 bob \"no\""), (response.StatusCode, response.Headers.GetText(SipHeaderId.Warning)));
        Assert.Single(Received(laptop, SipMethod.Cancel));
    }

    [Fact]
    public void TheCallerGivesUp()
    {
        var bob = Registered("bob");
        var invite = Call();
        bob.Respond(Invited(bob), 180, []);
        Server.Run();
        var cancel = SipMessage.CreateRequest(SipMethod.Cancel, invite.RequestUri);
        foreach (var id in (ReadOnlySpan<SipHeaderId>)[SipHeaderId.Via, SipHeaderId.From, SipHeaderId.To, SipHeaderId.CallId])
        {
            cancel.Headers.Add(id, invite.Headers.GetText(id)!);
        }

        cancel.Headers.Add(SipHeaderId.CSeq, $"{invite.CSeq!.Number} CANCEL");
        Server.Receive(cancel, Alice.Flow);
        Assert.Contains(Alice.Flow.Sent, message => message.StatusCode == 487 && message.Method == SipMethod.Invite);
        Assert.Single(Received(bob, SipMethod.Cancel));
        Assert.Equal(0, Server.Server.Sessions.Count);
    }

    [Fact]
    public void NobodyAnswersInTime()
    {
        var bob = Registered("bob");
        var invite = Call();
        bob.Respond(Invited(bob), 180, []);
        Server.Advance(TimeSpan.FromSeconds(59));
        Assert.Null(Alice.ResponseTo(invite));
        Server.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(480, Alice.ResponseTo(invite)!.StatusCode);
        Assert.Single(Received(bob, SipMethod.Cancel));
    }

    [Fact]
    public void NobodyIsThere()
    {
        using var refusals = new RefusalCounter(Server.Server.Metrics);
        Assert.Equal(480, Alice.Call(ScriptedSession.Invite(Alice, BobAor, Sdp())).StatusCode);
        Assert.Equal(404, Alice.Call(ScriptedSession.Invite(Alice, "sip:nobody@localhost", Sdp())).StatusCode);
        Assert.Contains("sessions/offline", refusals.Reasons);
    }

    // RFC 3841: only who registered for the service is called for it.
    [Fact]
    public void OnlyDevicesThatTakeWhatIsAskedForRing()
    {
        var (plain, large) = (Registered("bob"), Registered("bob", parameters: ";+g.oma.sip-im.large-message"));
        Call(BobAor, null, (SipHeaderId.AcceptContact, "*;+g.oma.sip-im.large-message;require;explicit"));
        Assert.Empty(Received(plain, SipMethod.Invite));
        Assert.Single(Received(large, SipMethod.Invite));
    }

    [Fact]
    public void WhoCallsHimselfReachesHisOtherDevices()
    {
        Assert.Equal(480, Alice.Call(ScriptedSession.Invite(Alice, Alice.Aor, Sdp())).StatusCode);
        var other = Registered("alice");
        Call(Alice.Aor);
        Assert.Single(Received(other, SipMethod.Invite));
        Assert.Empty(Received(Alice, SipMethod.Invite));
    }

    [Fact]
    public void MaxForwardsRunOut()
    {
        var bob = Registered("bob");
        var invite = ScriptedSession.Invite(Alice, BobAor, Sdp());
        invite.Headers.Set(SipHeaderId.MaxForwards, "0");
        Assert.Equal(483, Alice.Send(invite).StatusCode);
        Assert.Empty(Received(bob, SipMethod.Invite));
    }

    [Fact]
    public void ADeviceThatIsGoneIsNoAnswer()
    {
        var bob = Registered("bob", SipProtocol.Udp);
        var invite = Call();
        Server.Advance(TimeSpan.FromSeconds(33));
        Assert.Equal(480, Alice.ResponseTo(invite)!.StatusCode);
        Assert.NotEmpty(Received(bob, SipMethod.Invite));
    }
}
