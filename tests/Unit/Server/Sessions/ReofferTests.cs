using System.Net;
using System.Net.Sockets;
using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Sessions;

/// <summary>Offers within an anchored session, and what happens when a connection is lost: RFC 3261 section 14, RFC 4975 section 5.4.</summary>
public sealed class ReofferTests : SessionBench
{
    private readonly ScriptedClient _bob;
    private readonly ScriptedSession _alice;
    private readonly ScriptedSession _callee;

    public ReofferTests()
    {
        _bob = Registered("bob");
        (_alice, _callee) = Established(_bob);
    }

    private string AlicesPath => Attribute(_alice.Description, "path")!;

    private string BobsPath => Attribute(_callee.Description, "path")!;

    [Fact]
    public void TheSameOfferAgainChangesNothing()
    {
        var response = Offer(_alice, Sdp());
        Assert.Equal((200, AlicesPath), (response.StatusCode, Attribute(Body(response), "path")));
        Assert.Single(Received(_bob, SipMethod.Invite));
    }

    [Theory]
    [InlineData("INVITE")]
    [InlineData("UPDATE")]
    public void ANewPathMovesThatSideAlone(string method)
    {
        var response = Offer(_alice, Sdp("alice2"), new SipMethod(method));
        var path = Attribute(Body(response), "path")!;
        Assert.NotEqual(AlicesPath, path);
        Assert.Equal("msrp://127.0.0.1:7394/alice2;tcp", Server.FindMsrp(path)!.RemotePath);
        Assert.Null(Server.FindMsrp(AlicesPath));
        Assert.NotNull(Server.FindMsrp(BobsPath));
        Assert.Single(Received(_bob, SipMethod.Invite));
        Assert.Contains("o=- 4711 2 ", Body(response), StringComparison.Ordinal);
    }

    // Before the ACK the client may not have the 200 that tells our path, and would refuse the first SEND; an UPDATE has no ACK (RFC 3311).
    [Theory]
    [InlineData("INVITE")]
    [InlineData("UPDATE")]
    [Trait("Section", "RFC 4975 5.4")]
    public async Task WhoMovesToWhereHeListensIsConnectedToBehindHisAck(string method)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var offer = _alice.Request(new SipMethod(method));
        offer.SetBody("application/sdp", Encoding.UTF8.GetBytes(Sdp("alice2", "passive", port: ((IPEndPoint)listener.LocalEndpoint).Port)));
        var response = Alice.Send(offer);
        Assert.Equal((200, "active"), (response.StatusCode, Attribute(Body(response), "setup")));
        if (method == "INVITE")
        {
            Assert.False(listener.Pending());
            Server.Receive(_alice.Ack(response), Alice.Flow);
        }

        using var connection = await listener.AcceptSocketAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void WhatIsNewsToTheOtherSideGoesThere()
    {
        var offer = _callee.Request(SipMethod.Invite);
        offer.SetBody("application/sdp", Encoding.UTF8.GetBytes(Sdp("bob", "active", more: "a=sendonly\r\n")));
        Server.Receive(offer, _bob.Flow);
        var passed = Received(Alice, SipMethod.Invite).Single();
        Assert.Contains("a=sendonly\r\n", Body(passed), StringComparison.Ordinal);
        Assert.Equal(AlicesPath, Attribute(Body(passed), "path"));
        Alice.Respond(passed, 200, Sdp("alice", "active", more: "a=recvonly\r\n"));
        Server.Run();
        var answer = Body(_bob.ResponseTo(offer)!);
        Assert.Contains("a=recvonly\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(BobsPath, Attribute(answer, "path"));
    }

    [Fact]
    public void ARefusalOfTheOtherSideComesBackAndNothingHasChanged()
    {
        var offer = _callee.Request(SipMethod.Invite);
        offer.SetBody("application/sdp", Encoding.UTF8.GetBytes(Sdp("bob9", "active", more: "a=sendonly\r\n")));
        Server.Receive(offer, _bob.Flow);
        Alice.Respond(Received(Alice, SipMethod.Invite).Single(), 488, (SipHeaderId.Warning, "399 a \"no\""));
        Server.Run();
        Assert.Equal((488, "399 a \"no\""), (_bob.ResponseTo(offer)!.StatusCode, _bob.ResponseTo(offer)!.Headers.GetText(SipHeaderId.Warning)));
        Assert.Equal("msrp://127.0.0.1:7394/bob;tcp", Server.FindMsrp(BobsPath)!.RemotePath);
    }

    // RFC 3261 section 14.1: two offers at once get 491, and neither side hangs.
    [Fact]
    public void OffersThatMeetGet491()
    {
        var offer = _callee.Request(SipMethod.Invite);
        offer.SetBody("application/sdp", Encoding.UTF8.GetBytes(Sdp("bob", "active", more: "a=sendonly\r\n")));
        Server.Receive(offer, _bob.Flow);
        Assert.Equal(491, Offer(_alice, Sdp(more: "a=sendonly\r\n")).StatusCode);
        Assert.Equal(500, Offer(_callee, Sdp("bob", "active")).StatusCode);
    }

    // RFC 3261 section 15.1.2: the end of the session answers what is pending, whoever ends it.
    [Fact]
    public void AnOfferThatWaitsEndsWithTheSession()
    {
        var offer = Ask(_alice, Sdp(more: "a=sendonly\r\n"));
        Assert.Equal(2, Received(_bob, SipMethod.Invite).Count());
        Assert.Equal(200, _callee.Send(SipMethod.Bye).StatusCode);
        Assert.Equal(487, Alice.ResponseTo(offer)?.StatusCode);
    }

    // RFC 3261 section 9.1: a CANCEL may follow once there is a provisional response.
    [Fact]
    public void AnOfferThatIsCancelledIsCancelledOnTheOtherSide()
    {
        var offer = Ask(_alice, Sdp(more: "a=sendonly\r\n"));
        _bob.Respond(Invited(_bob), 180);
        Server.Run();
        Server.Receive(CancelOf(offer), Alice.Flow);
        Assert.Single(Received(_bob, SipMethod.Cancel));
        _bob.Respond(Invited(_bob), 487);
        Server.Run();
        Assert.Equal(487, Alice.ResponseTo(offer)!.StatusCode);

        var again = Ask(_alice, Sdp(more: "a=sendonly\r\n"));
        _bob.Respond(Invited(_bob), 200, Sdp("bob", "active", more: "a=recvonly\r\n"));
        Server.Run();
        Assert.Equal(200, Alice.ResponseTo(again)!.StatusCode);
    }

    [Fact]
    public void AnOfferThatWaitsToBeSentAgainIsNotSentOnceItIsCancelled()
    {
        var offer = Ask(_alice, Sdp(more: "a=sendonly\r\n"));
        _bob.Respond(Invited(_bob), 491);
        Server.Run();
        var count = Received(_bob, SipMethod.Invite).Count();
        Server.Receive(CancelOf(offer), Alice.Flow);
        Server.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(count, Received(_bob, SipMethod.Invite).Count());
        Assert.Equal(487, Alice.ResponseTo(offer)!.StatusCode);
    }

    // RFC 3261 section 9.2: the other side may have agreed by then, and what it agreed to holds.
    [Fact]
    public void AnOfferThatIsCancelledMayHoldOnTheOtherSide()
    {
        var offer = Ask(_alice, Sdp(more: "a=sendonly\r\n"));
        Server.Receive(CancelOf(offer), Alice.Flow);
        Assert.Contains(Alice.Flow.Sent, message => message.StatusCode == 487 && message.Method == SipMethod.Invite);
        _bob.Respond(Invited(_bob), 200, Sdp("bob", "active", more: "a=recvonly\r\n"));
        Server.Run();
        Assert.Contains("a=sendonly\r\n", Body(_callee.Send(SipMethod.Invite)), StringComparison.Ordinal);

        // What held before is news to bob now.
        var again = Ask(_alice, Sdp());
        Assert.DoesNotContain("a=sendonly\r\n", Body(Invited(_bob)), StringComparison.Ordinal);
        _bob.Respond(Invited(_bob), 200, Sdp("bob", "active"));
        Server.Run();
        Assert.Equal(200, Alice.ResponseTo(again)!.StatusCode);
        Assert.False(_callee.IsEndedByServer);
    }

    // RFC 4975 section 5.4: who changes his path gets another of ours, in an answer as in an offer.
    [Fact]
    public void AnAnswerWithANewPathIsOfferedOurNewOne()
    {
        Bind(AlicesPath);
        Bind(BobsPath);
        var offer = Ask(_alice, Sdp(more: "a=sendonly\r\n"));
        _bob.Respond(Invited(_bob), 200, Sdp("bob2", "active", more: "a=recvonly\r\n"));
        Server.Run();
        Assert.Equal(3, Received(_bob, SipMethod.Invite).Count());
        var path = Attribute(Body(Invited(_bob)), "path")!;
        Assert.NotEqual(BobsPath, path);
        Assert.Null(Server.FindMsrp(BobsPath));
        _bob.Respond(Invited(_bob), 200, Sdp("bob2", "active", more: "a=recvonly\r\n"));
        Server.Run();
        Assert.Equal(200, Alice.ResponseTo(offer)!.StatusCode);
        Assert.Equal("msrp://127.0.0.1:7394/bob2;tcp", Server.FindMsrp(path)!.RemotePath);
        Bind(path);
        Server.Advance(TimeSpan.FromSeconds(31));
        Assert.False(_callee.IsEndedByServer);
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("bob2")]
    public void AnOfferToASideWhoseConnectionIsLostHasANewPath(string name)
    {
        Bind(AlicesPath);
        Bind(BobsPath);
        Break(BobsPath);
        var offer = Ask(_alice, Sdp(more: "a=sendonly\r\n"));
        var path = Attribute(Body(Invited(_bob)), "path")!;
        Assert.NotEqual(BobsPath, path);
        _bob.Respond(Invited(_bob), 200, Sdp(name, "active", more: "a=recvonly\r\n"));
        Server.Run();
        Assert.Equal(200, Alice.ResponseTo(offer)!.StatusCode);
        Assert.Equal($"msrp://127.0.0.1:7394/{name};tcp", Server.FindMsrp(path)!.RemotePath);
        Bind(path);
        Server.Advance(TimeSpan.FromSeconds(31));
        Assert.False(_callee.IsEndedByServer);
    }

    [Fact]
    public void AnOfferThatIsNoneIsRefused()
    {
        Assert.Equal(488, Offer(_alice, "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n").StatusCode);
        Assert.Equal(400, Offer(_alice, "nonsense").StatusCode);
        Assert.Equal(488, Offer(_alice, Sdp("alice3", "passive", host: "192.0.2.99")).StatusCode);
        Assert.NotNull(Server.FindMsrp(AlicesPath));
    }

    // A re-INVITE without an offer asks for ours.
    [Fact]
    public void AnEmptyReinviteGetsTheDescriptionThatHolds()
    {
        var response = _alice.Send(SipMethod.Invite);
        Assert.Equal((200, _alice.Description), (response.StatusCode, Body(response)));
    }

    [Fact]
    public void ASideThatNeverConnectsEndsTheSession()
    {
        Server.Advance(TimeSpan.FromSeconds(29));
        Assert.False(_alice.IsEndedByServer);
        Server.Advance(TimeSpan.FromSeconds(2));
        Assert.True(_alice.IsEndedByServer);
        Assert.True(_callee.IsEndedByServer);
        Assert.Contains("connection lost", Received(Alice, SipMethod.Bye).Single().Headers.GetText(SipHeaderId.Reason), StringComparison.Ordinal);
    }

    [Fact]
    public void ALostConnectionMayBeReplacedInTime()
    {
        Bind(AlicesPath);
        Bind(BobsPath);
        Server.Advance(TimeSpan.FromSeconds(31));
        Assert.False(_alice.IsEndedByServer);
        Break(AlicesPath);
        Server.Advance(TimeSpan.FromSeconds(20));

        // The path is the same, the connection is not: our end must be a fresh one.
        var path = Attribute(Body(Offer(_alice, Sdp())), "path")!;
        Assert.NotEqual(AlicesPath, path);
        Bind(path);
        Server.Advance(TimeSpan.FromSeconds(40));
        Assert.False(_alice.IsEndedByServer);
        Break(path);
        Server.Advance(TimeSpan.FromSeconds(31));
        Assert.True(_alice.IsEndedByServer);
        Assert.True(_callee.IsEndedByServer);
    }

    // RFC 5626 section 5.3: a flow that has failed leads nowhere. Whose program ends has lost both connections, in either order.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhoHasLostBothConnectionsIsNotWaitedForLong(bool losesSipFirst)
    {
        Bind(AlicesPath);
        Bind(BobsPath);
        if (losesSipFirst)
        {
            _bob.Flow.Close("killed");
        }

        Break(BobsPath);
        Server.Advance(TimeSpan.FromSeconds(3));
        Assert.False(_alice.IsEndedByServer);
        _bob.Flow.Close("killed");
        Server.Advance(TimeSpan.FromSeconds(2));
        Assert.True(_alice.IsEndedByServer);
        Assert.Equal(0, Server.Server.Sessions.Count);
    }

    [Fact]
    public void WhoIsKilledBehindHis200IsNotWaitedForLong()
    {
        _bob.Flow.Close("killed");
        Server.Advance(TimeSpan.FromSeconds(5));
        Assert.True(_alice.IsEndedByServer);
    }

    [Fact]
    public void WhoHasLostBothConnectionsMayComeBackOnOthers()
    {
        Bind(AlicesPath);
        Bind(BobsPath);
        _bob.Flow.Close("reset");
        Break(BobsPath);
        Server.Advance(TimeSpan.FromSeconds(3));
        var again = Server.Client("bob");
        var offer = _callee.Request(SipMethod.Invite);
        offer.SetBody("application/sdp", Encoding.UTF8.GetBytes(Sdp("bob2", "active")));
        Server.Receive(offer, again.Flow);
        Bind(Attribute(Body(again.ResponseTo(offer)!), "path")!);
        Server.Advance(TimeSpan.FromSeconds(20));
        Assert.False(_alice.IsEndedByServer);
    }

    /// <summary>A re-INVITE, under way.</summary>
    private SipMessage Ask(ScriptedSession session, string sdp)
    {
        var offer = session.Request(SipMethod.Invite);
        offer.SetBody("application/sdp", Encoding.UTF8.GetBytes(sdp));
        Server.Receive(offer, session.Client.Flow);
        return offer;
    }

    private SipMessage Offer(ScriptedSession session, string sdp, SipMethod? method = null)
    {
        var offer = session.Request(method ?? SipMethod.Invite);
        offer.SetBody("application/sdp", Encoding.UTF8.GetBytes(sdp));
        var response = session.Client.Send(offer);
        if (response is { StatusCode: 200, Method: var answered } && answered == SipMethod.Invite)
        {
            Server.Receive(session.Ack(response), session.Client.Flow);
        }

        return response;
    }

    private void Bind(string path)
    {
        var session = Server.FindMsrp(path)!;
        session.Handler.OnBound(session);
        Server.Run();
    }

    private void Break(string path)
    {
        var session = Server.FindMsrp(path)!;
        session.CloseNow(OmaIm.Stack.Msrp.MsrpCloseReason.TransportError);
        Server.Run();
    }

    private static SipMessage CancelOf(SipMessage invite)
    {
        var cancel = SipMessage.CreateRequest(SipMethod.Cancel, invite.RequestUri);
        foreach (var id in (ReadOnlySpan<SipHeaderId>)[SipHeaderId.Via, SipHeaderId.From, SipHeaderId.To, SipHeaderId.CallId])
        {
            cancel.Headers.Add(id, invite.Headers.GetText(id)!);
        }

        cancel.Headers.Add(SipHeaderId.CSeq, $"{invite.CSeq!.Number} CANCEL");
        return cancel;
    }
}
