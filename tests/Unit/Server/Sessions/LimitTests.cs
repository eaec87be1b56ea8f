using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Server.Sessions;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Sessions;

/// <summary>Limits, sizes, bodies that are none, the stop.</summary>
public sealed class LimitTests : SessionBench
{
    public LimitTests()
        : base(new SessionOptions { MaximumMessageSize = 5_000, SessionsPerUser = 2, Sessions = 3 })
    {
    }

    // OMA IM section 6 and RFC 5547: what is announced is refused before it flows.
    [Theory]
    [InlineData("a=sendonly\r\na=file-selector:name:\"a.bin\" type:application/octet-stream size:5001\r\n", 413)]
    [InlineData("a=sendonly\r\na=max-size:5001\r\n", 0)] // what the offerer would take, RFC 4975 section 8.6, and no word of what comes
    [InlineData("a=max-size:5001\r\n", 0)]
    [InlineData("a=sendonly\r\na=max-size:5001\r\na=file-selector:name:\"a.bin\" type:application/octet-stream size:5000\r\n", 0)]
    public void WhatIsTooLargeIsRefusedBeforeItFlows(string more, int status)
    {
        var bob = Registered("bob");
        var invite = Call(sdp: Sdp(more: more));
        Assert.Equal(status, Alice.ResponseTo(invite)?.StatusCode ?? 0);
        Assert.Equal(status == 413, Alice.ResponseTo(invite)?.Headers.GetText(SipHeaderId.Warning)?.Contains("\"133 Size exceeded", StringComparison.Ordinal) ?? false);
        Assert.Equal(status == 0 ? 1 : 0, Received(bob, SipMethod.Invite).Count());
    }

    [Theory]
    [InlineData("INVITE", 5_001, 413)]
    [InlineData("UPDATE", 5_001, 413)]
    [InlineData("INVITE", 5_000, 200)]
    public void WithinTheSessionTooIsWhatIsTooLargeRefused(string method, int size, int status)
    {
        var bob = Registered("bob");
        var (alice, _) = Established(bob);
        bob.Answer = request => 0;
        var offer = alice.Request(new SipMethod(method));
        offer.SetBody("application/sdp", System.Text.Encoding.UTF8.GetBytes(
            Sdp(more: $"a=sendonly\r\na=file-selector:name:\"a.bin\" type:application/octet-stream size:{size}\r\n")));
        Server.Receive(offer, Alice.Flow);
        if (status == 200)
        {
            bob.Respond(Invited(bob), 200, Sdp("bob", "active"), []);
            Server.Run();
        }

        var response = Alice.ResponseTo(offer)!;
        Assert.Equal(
            (status, status == 413, status == 413 ? 1 : 2),
            (response.StatusCode, response.Headers.Contains(SipHeaderId.Warning), Received(bob, SipMethod.Invite).Count()));
    }

    // RFC 4028 section 9 lets a client forbid every refresh: the server would keep what vanished for years.
    [Theory]
    [InlineData("86400", 0)]
    [InlineData("86401", 400)]
    [InlineData("2147483647", 400)]
    public void ASessionIsNotToLastForEver(string minimum, int status)
    {
        Registered("bob");
        var invite = ScriptedSession.Invite(Alice, BobAor, Sdp(), (SipHeaderId.Supported, "timer"), (SipHeaderId.SessionExpires, minimum), (SipHeaderId.MinSE, minimum));
        if (status == 0)
        {
            Assert.Null(Alice.ResponseTo(Call(Alice, invite)));
        }
        else
        {
            Assert.Equal(status, Alice.Send(invite).StatusCode);
        }
    }

    [Fact]
    public void AFileKeepsWhatIsSaidAboutIt()
    {
        var bob = Registered("bob");
        const string File = "a=file-selector:name:\"a.bin\" type:application/octet-stream size:4000\r\na=file-transfer-id:abc\r\na=file-range:1-4000\r\n";
        Call(sdp: Sdp(more: "a=sendonly\r\n" + File));
        Assert.Contains(File, Body(Invited(bob)), StringComparison.Ordinal);
    }

    [Fact]
    public void OneUserMayNotHaveThemAll()
    {
        var bob = Registered("bob");
        Call();
        Call();
        Assert.Equal(486, Alice.Call(ScriptedSession.Invite(Alice, BobAor, Sdp())).StatusCode);
        var carol = Registered("carol");
        Call(carol, ScriptedSession.Invite(carol, BobAor, Sdp("carol")));
        var response = carol.Call(ScriptedSession.Invite(carol, BobAor, Sdp("carol")));
        Assert.Equal((503, "5"), (response.StatusCode, response.Headers.GetText(SipHeaderId.RetryAfter)));
        bob.Respond(Invited(bob), 486, []);
        Server.Run();
        Call(carol, ScriptedSession.Invite(carol, BobAor, Sdp("carol")));
        Assert.Equal(3, Server.Server.Sessions.Count);
    }

    [Theory]
    [InlineData("text/plain", "hi", 415)]
    [InlineData("application/sdp", "hi", 400)]
    [InlineData("multipart/mixed;boundary=b", "hi", 400)]
    [InlineData("multipart/mixed;boundary=b", "--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b--\r\n", 415)]
    public void ABodyThatIsNoOfferIsRefused(string type, string body, int status)
    {
        var bob = Registered("bob");
        var invite = Alice.Request(SipMethod.Invite, BobAor);
        invite.SetBody(type, System.Text.Encoding.UTF8.GetBytes(body));
        var response = Alice.Call(invite);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == 415, response.Headers.GetText(SipHeaderId.AcceptEncoding) == "identity");
        Assert.Empty(Received(bob, SipMethod.Invite));
        Assert.Equal(0, Server.Server.Sessions.Count);
    }

    [Theory]
    [InlineData("TCP/TLS/MSRP", "actpass", "127.0.0.1")]
    [InlineData("TCP/MSRP", "passive", "192.0.2.99")]
    [InlineData("RTP/AVP", "actpass", "127.0.0.1")]
    public void AnOfferThatCannotBeAnchoredIsRefused(string protocol, string setup, string host)
    {
        Registered("bob");
        var response = Alice.Call(ScriptedSession.Invite(Alice, BobAor, Sdp(setup: setup, protocol: protocol, host: host)));
        Assert.Equal((488, true), (response.StatusCode, response.Headers.Contains(SipHeaderId.Warning)));
        Assert.Equal(0, Server.Server.Sessions.Count);
        Server.Advance(TimeSpan.FromSeconds(61));
    }

    [Fact]
    public void AnAnswerThatIsNoneEndsBoth()
    {
        var bob = Registered("bob");
        var invite = Call();
        var callee = ScriptedSession.Accept(bob, Invited(bob), Sdp("bob", "active", port: 0));
        Assert.Equal(488, Alice.ResponseTo(invite)!.StatusCode);
        Assert.True(callee.IsEndedByServer);
        Assert.Equal(0, Server.Server.Sessions.Count);
    }

    [Fact]
    public async Task TheStopEndsAllAndLetsNobodyIn()
    {
        var bob = Registered("bob");
        var (alice, callee) = Established(bob);
        var stop = Server.Server.StopAsync(TimeSpan.FromSeconds(5));
        Server.Run();
        await stop;
        Assert.True(alice.IsEndedByServer);
        Assert.True(callee.IsEndedByServer);
        Assert.Equal(503, Alice.Call(ScriptedSession.Invite(Alice, BobAor, Sdp())).StatusCode);
    }

    // RFC 3261 section 13.3.1: an INVITE gets a final answer, of a server that stops, too.
    [Fact]
    public async Task TheStopRefusesWhatStillRings()
    {
        var bob = Registered("bob");
        var invite = Call();
        bob.Respond(Invited(bob), 180, []);
        Server.Run();
        var stop = Server.Server.StopAsync(TimeSpan.FromSeconds(5));
        Server.Run();
        Assert.Equal((503, "5"), (Alice.ResponseTo(invite)?.StatusCode, Alice.ResponseTo(invite)?.Headers.GetText(SipHeaderId.RetryAfter)));
        Assert.Single(Received(bob, SipMethod.Cancel));
        bob.Respond(Invited(bob), 487, []);
        Server.Run();
        await stop;
    }

    [Fact]
    public void EveryRefusalHasAnAnswer()
    {
        foreach (var refusal in Enum.GetValues<SessionRefusal>().Where(refusal => refusal != SessionRefusal.None))
        {
            Assert.InRange(SessionRefusals.Describe(refusal).Status, 400, 699);
        }
    }
}
