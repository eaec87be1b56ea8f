using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Sessions;

/// <summary>Sessions of users who do not say their name, RFC 3323 and OMA IM section 13.</summary>
[Trait("Section", "RFC 3323 5.3")]
public sealed class UnnamedTests : SessionBench
{
    private static readonly string[] Telling = ["Reply-To", "Organization", "Call-Info", "Subject", "Remote-Party-ID"];

    // Every place in a request of hers where a client puts its user's name or host.
    private static readonly string Named = Sdp().Replace("o=- 4711 1 IN IP4 127.0.0.1\r\ns=-", "o=alice 4711 1 IN IP4 192.0.2.77\r\ns=alice talks", StringComparison.Ordinal)
        .Replace("t=0 0\r\n", "t=0 0\r\na=tool:192.0.2.77 of alice\r\n", StringComparison.Ordinal);

    [Theory]
    [InlineData("id", true)]
    [InlineData("id", false)]
    [InlineData("user", false)]
    [InlineData("user;critical", true)]
    public void NothingInAnInviteTellsWhoCalls(string privacy, bool isFromAnonymous)
    {
        var bob = Registered("bob");
        Call(Alice, Unnamed(privacy, isFromAnonymous));
        var invited = Invited(bob);
        AssertNamesNobody(invited);
        Assert.Equal((Anonymity.Aor, "Anonymous"), (invited.From!.Uri.ToString(), invited.From.DisplayName));
        Assert.Equal("localhost", invited.Contact!.Uri.Host);
        Assert.Equal("<tel:1>", invited.Headers.GetText("X-Own"));
    }

    [Fact]
    public void NoTwoSessionsTellThatTheyAreTheSameUsers()
    {
        var bob = Registered("bob");
        Call(Alice, Unnamed());
        var first = Invited(bob);
        Call(Alice, Unnamed());
        Assert.NotEqual(first.Contact!.Uri.User, Invited(bob).Contact!.Uri.User);
    }

    [Fact]
    public void WhatFollowsInTheSessionDoesNotTellItEither()
    {
        var bob = Registered("bob");
        var (alice, callee) = EstablishedUnnamed(bob);
        Alice.Answer = _ => 0;
        var message = alice.Request(SipMethod.Message, (SipHeaderId.UserAgent, "alice's phone"), (SipHeaderId.Subject, "alice"));
        message.Headers.Add("Reply-To", "<sip:alice@localhost>");
        message.SetBody("text/plain", Encoding.UTF8.GetBytes("hi"));
        Assert.Equal(200, Alice.Send(message).StatusCode);
        var reoffer = alice.Request(SipMethod.Invite);
        reoffer.SetBody("application/sdp", Encoding.UTF8.GetBytes(Named.Replace("4711 1", "4711 2", StringComparison.Ordinal) + "a=sendonly\r\n"));
        bob.Answer = request => request.Method == SipMethod.Invite ? 0 : 200;
        Server.Receive(reoffer, Alice.Flow);
        Assert.Equal(2, Received(bob, SipMethod.Invite).Count());
        bob.Respond(Invited(bob), 200, Sdp("bob", "active"), []);
        Server.Run();
        Assert.Equal(202, Refer(alice, bob).StatusCode);

        // Her answers, too.
        var asked = callee.Request(SipMethod.Message);
        Server.Receive(asked, bob.Flow);
        Alice.Respond(Received(Alice, SipMethod.Message).Last(), 486, (SipHeaderId.UserAgent, "alice's phone"), (SipHeaderId.Warning, "399 alices-host \"no\""));
        Server.Run();
        Assert.Equal(486, bob.ResponseTo(asked)!.StatusCode);
        Assert.Equal(200, alice.Send(SipMethod.Bye).StatusCode);
        Assert.Single(Received(bob, SipMethod.Bye));
        bob.Requests.ForEach(AssertNamesNobody);
        bob.Flow.Sent.Where(sent => !sent.IsRequest && sent.CSeq!.Method != SipMethod.Register).ToList().ForEach(AssertNamesNobody);
    }

    // RFC 3325 section 9.3: what she says within the session is not to name her, either.
    [Fact]
    public void ACpimInTheSessionMustNotNameHer()
    {
        var (alice, _) = EstablishedUnnamed(Registered("bob"));
        var message = alice.Request(SipMethod.Message);
        message.SetBody("message/cpim", Encoding.UTF8.GetBytes("From: <sip:alice@localhost>\r\n\r\nContent-Type: text/plain\r\n\r\nhi"));
        Assert.Equal(400, Alice.Send(message).StatusCode);
    }

    [Fact]
    public void ACalleeMayStayUnnamedByHisAnswer()
    {
        var bob = Registered("bob");
        var invite = Call();
        bob.Respond(Invited(bob), 180, (SipHeaderId.Privacy, "id"), (SipHeaderId.UserAgent, "bob's phone"));
        Server.Run();
        var ringing = Alice.Flow.Sent.Last(message => message.StatusCode == 180);
        Assert.Equal((false, false), (ringing.Contact!.Uri.Aor == BobAor, ringing.Headers.Contains(SipHeaderId.UserAgent)));
        bob.Respond(
            Invited(bob), 200, Sdp("b", "active").Replace("o=- 4711 1 IN IP4 127.0.0.1", "o=bob 4711 1 IN IP4 192.0.2.77", StringComparison.Ordinal),
            (SipHeaderId.Privacy, "id"), (SipHeaderId.UserAgent, "bob's phone"));
        Server.Run();
        var response = Alice.ResponseTo(invite)!;
        Assert.Equal((200, false, false), (response.StatusCode, response.Contact!.Uri.Aor == BobAor, response.Headers.Contains(SipHeaderId.UserAgent)));
        Assert.DoesNotContain("bob", Body(response), StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2.77", Body(response), StringComparison.Ordinal);
        Assert.Equal(ringing.Contact.Uri.ToString(), response.Contact.Uri.ToString());
    }

    [Theory]
    [Trait("Section", "RFC 3323 4.2")]
    [InlineData("id", "id", "Duplicate Header")]
    [InlineData("id,critical", null, "Bad Privacy")]
    [InlineData(";id", null, "Bad Privacy")]
    [InlineData("none", "id", "Duplicate Header")]
    public void APrivacyThatCannotBeReadGoesNowhere(string privacy, string? again, string phrase)
    {
        var bob = Registered("bob");
        foreach (var method in (SipMethod[])[SipMethod.Invite, SipMethod.Message])
        {
            var request = Alice.Request(method, BobAor, (SipHeaderId.Privacy, privacy));
            request.SetBody(method == SipMethod.Invite ? "application/sdp" : "text/plain", Encoding.UTF8.GetBytes(Sdp()));
            if (again is not null)
            {
                request.Headers.Add(SipHeaderId.Privacy, again);
            }

            var response = Alice.Call(request);
            Assert.Equal((400, phrase), (response.StatusCode, response.ReasonPhrase));
        }

        var (alice, _) = Established(bob);
        Assert.Equal(400, alice.Send(SipMethod.Message, (SipHeaderId.Privacy, "id,critical")).StatusCode);
        Assert.Single(bob.Requests, request => request.Method != SipMethod.Ack);
    }

    private SipMessage Unnamed(string privacy = "id", bool isFromAnonymous = true)
    {
        var invite = ScriptedSession.Invite(Alice, BobAor, Named, (SipHeaderId.Privacy, privacy), (SipHeaderId.UserAgent, "alice's phone"));
        foreach (var header in Telling)
        {
            invite.Headers.Add(header, "<sip:alice@localhost>");
        }

        invite.Headers.Add("X-Own", "<tel:1>");
        invite.Headers.Set(SipHeaderId.From, isFromAnonymous ? Anonymity.From("1") : "\"Alice\" <sip:alice@localhost>;tag=1");
        invite.Headers.Set(SipHeaderId.Contact, $"<{Alice.Contact}>;+g.oma.sip-im;+sip.instance=\"<urn:uuid:alice>\"");
        return invite;
    }

    private (ScriptedSession Alice, ScriptedSession Bob) EstablishedUnnamed(ScriptedClient bob)
    {
        var invite = Call(Alice, Unnamed());
        var callee = ScriptedSession.Accept(bob, Invited(bob), Sdp("bob", "active"));
        return (ScriptedSession.Established(Alice, invite, Alice.ResponseTo(invite)!), callee);
    }

    private static SipMessage Refer(ScriptedSession alice, ScriptedClient bob)
    {
        bob.Answer = request => request.Method == SipMethod.Refer ? 202 : 200;
        return alice.Refer("<sip:carol@localhost>", (SipHeaderId.ReferredBy, "<sip:alice@localhost>"));
    }

    private static void AssertNamesNobody(SipMessage message)
    {
        var text = message + Body(message);
        Assert.DoesNotContain("192.0.2.77", text, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", text, StringComparison.OrdinalIgnoreCase);
    }
}
