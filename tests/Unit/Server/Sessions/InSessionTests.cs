using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Sessions;

/// <summary>What the two say to each other inside the session's dialogs.</summary>
public sealed class InSessionTests : SessionBench
{
    private readonly ScriptedClient _bob;
    private readonly ScriptedSession _alice;
    private readonly ScriptedSession _callee;

    public InSessionTests()
    {
        _bob = Registered("bob");
        (_alice, _callee) = Established(_bob);
    }

    [Theory]
    [InlineData("MESSAGE", 200)]
    [InlineData("INFO", 415)]
    public void AMessagePassesWithItsAnswer(string method, int status)
    {
        _bob.Answer = _ => status;
        var request = _alice.Request(new SipMethod(method), (SipHeaderId.Subject, "aside"), (SipHeaderId.PAssertedIdentity, "<sip:carol@localhost>"));
        request.SetBody("text/plain", Encoding.UTF8.GetBytes("hi"));
        Assert.Equal(status, Alice.Send(request).StatusCode);
        var received = Assert.Single(Received(_bob, new SipMethod(method)));
        Assert.Equal(("hi", "text/plain", "aside"), (Body(received), received.Headers.GetText(SipHeaderId.ContentType), received.Headers.GetText(SipHeaderId.Subject)));
        Assert.Equal(_callee.CallId, received.CallId!.Value);
        Assert.False(received.Headers.Contains(SipHeaderId.PAssertedIdentity));
    }

    // RFC 3261 section 16.7, RFC 5057 section 5.1: what is for the server ends nothing of the other side's.
    [Theory]
    [InlineData(302)]
    [InlineData(401)]
    [InlineData(407)]
    [InlineData(408)]
    [InlineData(503)]
    public void ARefusalThatIsForTheServerStaysHere(int status)
    {
        _bob.Answer = request => request.Method == SipMethod.Ack || request.Method == SipMethod.Bye ? 0 : status;
        var offer = _alice.Request(SipMethod.Invite);
        offer.SetBody("application/sdp", Encoding.UTF8.GetBytes(Sdp(more: "a=sendonly\r\n")));
        Assert.Equal(500, Alice.Send(offer).StatusCode);
        if (status != 408)
        {
            Assert.Equal(500, _alice.Refer("<sip:carol@localhost>").StatusCode);
            Assert.Equal(500, _alice.Send(SipMethod.Message).StatusCode);
        }
    }

    [Theory]
    [InlineData("MESSAGE")]
    [InlineData("REFER")]
    public void ATimeoutOfTheOtherSideIsNoTimeoutOfOurs(string method)
    {
        _bob.Answer = _ => 408;
        Assert.Equal(500, _alice.Send(new SipMethod(method), (SipHeaderId.ReferTo, "<sip:carol@localhost>")).StatusCode);
    }

    [Theory]
    [InlineData("SUBSCRIBE", 405)]
    [InlineData("PUBLISH", 405)]
    [InlineData("FROBNICATE", 501)]
    [InlineData("OPTIONS", 200)]
    public void WhatHasNoMeaningHereStaysHere(string method, int status)
    {
        var response = _alice.Send(new SipMethod(method));
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status != 501, response.Headers.Contains(SipHeaderId.Allow));
        Assert.Empty(Received(_bob, new SipMethod(method)));
    }

    [Fact]
    public void UnknownExtensionsAndSpentHopsAreRefused()
    {
        Assert.Equal(420, _alice.Send(SipMethod.Message, (SipHeaderId.Require, "x")).StatusCode);
        var spent = _alice.Request(SipMethod.Message);
        spent.Headers.Set(SipHeaderId.MaxForwards, "0");
        Assert.Equal(483, Alice.Send(spent).StatusCode);
        Assert.Empty(Received(_bob, SipMethod.Message));
    }

    // RFC 3862 section 2.1: whom the recipient is shown must be who sent it.
    [Theory]
    [InlineData("sip:alice@localhost", "", 200)]
    [InlineData("im:carol@localhost", "", 403)]
    [InlineData("sip:bob@localhost", "", 403)]
    [InlineData("sip:alice@localhost", "id", 400)]
    public void ACpimFromIsNotAnotherUser(string from, string privacy, int status)
    {
        var request = _alice.Request(SipMethod.Message);
        if (privacy.Length > 0)
        {
            request.Headers.Set(SipHeaderId.Privacy, privacy);
        }

        request.SetBody("message/cpim", Encoding.UTF8.GetBytes($"From: <{from}>\r\n\r\nContent-Type: text/plain\r\n\r\nhi"));
        Assert.Equal(status, Alice.Send(request).StatusCode);
        Assert.Equal(status == 200 ? 1 : 0, Received(_bob, SipMethod.Message).Count());
    }

    [Theory]
    [InlineData("sip:bob@localhost", 200)]
    [InlineData("sip:alice@localhost", 403)]
    public void TheCalleeHasHisOwnNameToo(string from, int status)
    {
        var request = _callee.Request(SipMethod.Message);
        request.SetBody("message/cpim", Encoding.UTF8.GetBytes($"From: <{from}>\r\n\r\nContent-Type: text/plain\r\n\r\nhi"));
        Assert.Equal(status, _bob.Send(request).StatusCode);
    }

    [Fact]
    public void ACpimThatCannotBeReadIsRefused()
    {
        var request = _alice.Request(SipMethod.Message);
        request.SetBody("message/cpim", Encoding.UTF8.GetBytes("nonsense"));
        Assert.Equal(400, Alice.Send(request).StatusCode);
    }

    // RFC 3515: the 202 is the other side's, and so are the NOTIFYs.
    [Fact]
    public void AReferPassesAndItsProgressComesBack()
    {
        _bob.Answer = request => request.Method == SipMethod.Refer ? 202 : 200;
        Assert.Equal(202, _alice.Refer("<sip:carol@localhost>").StatusCode);
        var refer = Assert.Single(Received(_bob, SipMethod.Refer));
        Assert.Equal("<sip:carol@localhost>", refer.Headers.GetText(SipHeaderId.ReferTo));
        var notify = Notify("active;expires=60", "SIP/2.0 100 Trying\r\n");
        Assert.Equal(200, _bob.Send(notify).StatusCode);
        Assert.Equal(200, _bob.Send(Notify("terminated;reason=noresource", "SIP/2.0 200 OK\r\n")).StatusCode);
        Assert.Equal(
            ["SIP/2.0 100 Trying\r\n", "SIP/2.0 200 OK\r\n"],
            Received(Alice, SipMethod.Notify).Select(Body));
        Assert.StartsWith("terminated", Received(Alice, SipMethod.Notify).Last().Headers.GetText(SipHeaderId.SubscriptionState), StringComparison.Ordinal);
    }

    // RFC 5057 section 4: a dialog stays as long as one usage does, and a REFER's ends by a NOTIFY that may never come.
    [Fact]
    public void AReferWithoutAnEndIsGivenUpAfterTheSession()
    {
        _bob.Answer = request => request.Method == SipMethod.Refer ? 202 : 200;
        _alice.Refer("<sip:carol@localhost>");
        Assert.Equal(200, _bob.Send(Notify("active;expires=4000000", "SIP/2.0 100 Trying\r\n")).StatusCode);
        Assert.Equal(200, _alice.Send(SipMethod.Bye).StatusCode);
        Server.Advance(TimeSpan.FromSeconds(170));
        Assert.Equal(200, _bob.Send(Notify("active", "SIP/2.0 180 Ringing\r\n")).StatusCode);
        Server.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(481, _bob.Send(Notify("active", "SIP/2.0 180 Ringing\r\n")).StatusCode);
        Assert.StartsWith("terminated", Received(Alice, SipMethod.Notify).Last().Headers.GetText(SipHeaderId.SubscriptionState), StringComparison.Ordinal);
    }

    [Fact]
    public void ARefusedReferIsRefused()
    {
        _bob.Answer = request => request.Method == SipMethod.Refer ? 603 : 200;
        Assert.Equal(603, _alice.Refer("<sip:carol@localhost>").StatusCode);
        _bob.Answer = request => request.Method == SipMethod.Refer ? 0 : 200;
        var quiet = _alice.Request(SipMethod.Refer, (SipHeaderId.ReferTo, "<sip:carol@localhost>"), (SipHeaderId.ReferSub, "false"));
        Server.Receive(quiet, Alice.Flow);
        _bob.Respond(Received(_bob, SipMethod.Refer).Last(), 202, (SipHeaderId.ReferSub, "false"));
        Server.Run();
        Assert.Equal((202, "false"), (Alice.ResponseTo(quiet)!.StatusCode, Alice.ResponseTo(quiet)!.Headers.GetText(SipHeaderId.ReferSub)));
        Assert.Empty(Received(Alice, SipMethod.Notify));
    }

    [Fact]
    public void TooManyReferralsAreRefused()
    {
        _bob.Answer = request => request.Method == SipMethod.Refer ? 202 : 200;
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(202, _alice.Refer("<sip:carol@localhost>").StatusCode);
        }

        Assert.Equal(486, _alice.Refer("<sip:carol@localhost>").StatusCode);
    }

    // RFC 3891: a focus replaces the dialog of the peer by the name that the peer knows.
    [Fact]
    public void TheOtherSidesDialogIsFoundByOurs()
    {
        var dialogs = Server.Server.Sessions;
        var invited = Invited(_bob);
        var answered = Alice.Flow.Sent.FindLast(message => message.StatusCode == 200 && message.Method == SipMethod.Invite)!;
        var found = dialogs.FindPeerDialog(_alice.CallId, answered.From!.Tag!, answered.To!.Tag!)!;
        Assert.Equal((invited.CallId!.Value, invited.From!.Tag), (found.CallId, found.FromTag));
        Assert.NotEqual("", found.ToTag);
        var back = dialogs.FindPeerDialog(found.CallId, found.ToTag, found.FromTag)!;
        Assert.Equal((_alice.CallId, answered.From.Tag, answered.To.Tag), (back.CallId, back.ToTag, back.FromTag));
        Assert.Null(dialogs.FindPeerDialog(_alice.CallId, "guessed", answered.To.Tag!));
        _alice.Send(SipMethod.Bye);
        Assert.Null(dialogs.FindPeerDialog(_alice.CallId, answered.From.Tag!, answered.To.Tag!));
    }

    [Fact]
    public void AReplacesIsTranslatedForTheDevice()
    {
        var answered = Alice.Flow.Sent.FindLast(message => message.StatusCode == 200 && message.Method == SipMethod.Invite)!;
        var carol = Registered("carol");
        var invite = ScriptedSession.Invite(
            carol, BobAor, Sdp("carol"), (SipHeaderId.Replaces, $"{_alice.CallId};to-tag={answered.To!.Tag};from-tag={answered.From!.Tag}"));
        var known = Invited(_bob);
        Call(carol, invite);
        var replaces = Invited(_bob).Replaces!;
        Assert.Equal((known.CallId!.Value, known.From!.Tag), (replaces.CallId, replaces.FromTag));
    }

    private SipMessage Notify(string state, string body)
    {
        var notify = _callee.Request(SipMethod.Notify, (SipHeaderId.Event, "refer"), (SipHeaderId.SubscriptionState, state));
        notify.SetBody("message/sipfrag;version=2.0", Encoding.UTF8.GetBytes(body));
        return notify;
    }
}
