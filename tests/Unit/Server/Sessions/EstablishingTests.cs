using OmaIm.Protocols.Sip;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Sessions;

/// <summary>A session is offered, accepted and ended, and its messages run through the server: OMA IM 7.1, RFC 3261 section 6.</summary>
public sealed class EstablishingTests : SessionBench
{
    [Fact]
    public void TheCalleeHearsWhoCallsAndNothingOfTheCallersHop()
    {
        var bob = Registered("bob");
        var invite = ScriptedSession.Invite(
            Alice,
            BobAor,
            Sdp(),
            (SipHeaderId.Subject, "lunch"),
            (SipHeaderId.ContributionId, "c-1"),
            (SipHeaderId.ConversationId, "c-2"),
            (SipHeaderId.Privacy, "none"),
            (SipHeaderId.PAssertedIdentity, "<sip:carol@localhost>"),
            (SipHeaderId.RecordRoute, "<sip:192.0.2.9;lr>"),
            (SipHeaderId.Supported, "100rel, timer"));
        invite.Headers.Add("Session-Replaces", "s-1");
        invite.Headers.Set(SipHeaderId.Contact, $"<{Alice.Contact}>;+g.oma.sip-im;+sip.instance=\"<urn:uuid:1>\";isfocus");
        Call(Alice, invite);

        var received = Invited(bob);
        Assert.Equal(bob.Contact, received.RequestUri.ToString());
        Assert.Equal("sip:alice@localhost", received.From!.Uri.Aor);
        Assert.NotEqual(invite.From!.Tag, received.From.Tag);
        Assert.NotEqual(invite.CallId!.Value, received.CallId!.Value);
        Assert.Equal("<sip:alice@localhost>;+g.oma.sip-im", received.Headers.GetText(SipHeaderId.Contact));
        Assert.Equal(69, received.MaxForwards!.Value);
        Assert.Equal(
            ("lunch", "c-1", "c-2", "none", "s-1"),
            (received.Headers.GetText(SipHeaderId.Subject), received.Headers.GetText(SipHeaderId.ContributionId), received.Headers.GetText(SipHeaderId.ConversationId),
                received.Headers.GetText(SipHeaderId.Privacy), received.Headers.GetText("Session-Replaces")));
        SipHeaderId[] gone = [SipHeaderId.PAssertedIdentity, SipHeaderId.RecordRoute, SipHeaderId.Authorization, SipHeaderId.ProxyAuthorization, SipHeaderId.Require];
        Assert.DoesNotContain(gone, received.Headers.Contains);
        Assert.Equal(1, received.Headers.CountOf(SipHeaderId.Via));
        Assert.Equal("timer", received.Headers.GetText(SipHeaderId.Supported));
    }

    [Fact]
    public void TheDescriptionKeepsAllButTheConnection()
    {
        var bob = Registered("bob");
        Call(sdp: Sdp(setup: "active", port: 9, more: "a=max-size:99999999999\r\na=recvonly\r\na=x-own:kept\r\na=fingerprint:SHA-256 00\r\n"));
        var offer = Body(Invited(bob));
        Assert.Contains("c=IN IP4 127.0.0.1\r\n", offer, StringComparison.Ordinal);
        Assert.Contains("m=message 2855 TCP/MSRP *\r\n", offer, StringComparison.Ordinal);
        Assert.Equal(
            ("message/cpim text/plain", "image/jpeg", "kept", "actpass", "2147483648"),
            (Attribute(offer, "accept-types"), Attribute(offer, "accept-wrapped-types"), Attribute(offer, "x-own"), Attribute(offer, "setup"), Attribute(offer, "max-size")));
        Assert.StartsWith("msrp://127.0.0.1:2855/", Attribute(offer, "path"), StringComparison.Ordinal);
        Assert.Contains("a=recvonly\r\n", offer, StringComparison.Ordinal);
        Assert.DoesNotContain("fingerprint", offer, StringComparison.Ordinal);
    }

    // RFC 4975 section 8.2, RFC 6135: passive whenever the offer allows it; the two paths are the server's, and not the same.
    [Theory]
    [InlineData("active", "passive")]
    [InlineData("actpass", "passive")]
    [InlineData("passive", "active")]
    [InlineData("", "passive")]
    public void TheCallerGetsTheCalleesAnswerWithAnEndOfOurs(string offered, string answered)
    {
        var bob = Registered("bob");
        var invite = Call(sdp: Sdp(setup: offered, port: 7_394));
        ScriptedSession.Accept(bob, Invited(bob), Sdp("bob", "active", more: "a=recvonly\r\na=max-size:1000\r\n"));
        var response = Alice.ResponseTo(invite)!;

        Assert.Equal(200, response.StatusCode);
        Assert.Equal(BobAor, response.Contact!.Uri.ToString());
        var answer = Body(response);
        Assert.Equal((answered, "1000"), (Attribute(answer, "setup"), Attribute(answer, "max-size")));
        Assert.Contains("a=recvonly\r\n", answer, StringComparison.Ordinal);
        Assert.NotEqual(Attribute(answer, "path"), Attribute(Body(Invited(bob)), "path"));
        Assert.Equal("msrp://127.0.0.1:7394/alice;tcp", Server.FindMsrp(Attribute(answer, "path")!)!.RemotePath);
        Assert.Equal("msrp://127.0.0.1:7394/bob;tcp", Server.FindMsrp(Attribute(Body(Invited(bob)), "path")!)!.RemotePath);
    }

    [Fact]
    public void RingingReachesTheCallerWithOneTag()
    {
        var bob = Registered("bob");
        var invite = Call();
        bob.Respond(Invited(bob), 180, []);
        bob.Respond(Invited(bob), 183, []);
        Server.Run();
        Assert.Equal([180, 183], Progress(Alice));
        ScriptedSession.Accept(bob, Invited(bob), Sdp("bob", "active"));
        var tags = Alice.Flow.Sent.Where(message => !message.IsRequest && message.StatusCode > 100 && message.CSeq == Alice.ResponseTo(invite)!.CSeq);
        Assert.Single(tags.Select(message => message.To!.Tag).Distinct());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AByeOfEitherEndsBothAndItsReasonPasses(bool isCaller)
    {
        var bob = Registered("bob");
        var (alice, callee) = Established(bob);
        Assert.Equal(1, Server.Server.Metrics.Conversations);
        var (leaver, other) = isCaller ? (alice, bob) : (callee, Alice);
        Assert.Equal(200, leaver.Send(SipMethod.Bye, (SipHeaderId.Reason, "SIP;cause=200;text=\"Call completed\"")).StatusCode);
        Assert.Equal("SIP;cause=200;text=\"Call completed\"", Assert.Single(Received(other, SipMethod.Bye)).Headers.GetText(SipHeaderId.Reason));
        Assert.Equal((0, 0), (Server.Server.Metrics.Conversations, Server.Server.Sessions.Count));
        Assert.Null(Server.FindMsrp(Attribute(alice.Description, "path")!));
    }

    // RFC 5621: other parts go along as they are.
    [Fact]
    public void AFirstMessageRidesAlong()
    {
        var bob = Registered("bob");
        var invite = Alice.Request(SipMethod.Invite, BobAor);
        var text = $"--b1\r\nContent-Type: application/sdp\r\nContent-Length: {Sdp().Length}\r\n\r\n{Sdp()}\r\n"
            + "--b1\r\nContent-Type: message/cpim\r\nContent-ID: <first>\r\n\r\nFrom: <sip:alice@localhost>\r\n\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b1--\r\n";
        invite.SetBody("multipart/mixed;boundary=b1", System.Text.Encoding.UTF8.GetBytes(text));
        Call(Alice, invite);

        var received = Invited(bob);
        Assert.True(OmaIm.Protocols.Multipart.MultipartBody.TryParse(received.Headers.GetText(SipHeaderId.ContentType)!, received.Body, out var parts));
        Assert.Equal(["application/sdp", "message/cpim"], parts.Select(part => part.MediaType));
        var sdp = System.Text.Encoding.UTF8.GetString(parts[0].Content.Span);
        Assert.StartsWith("msrp://127.0.0.1:2855/", Attribute(sdp, "path"), StringComparison.Ordinal);
        Assert.Equal(parts[0].Content.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), parts[0].Header("Content-Length"));
        Assert.EndsWith("\r\n\r\nhi", System.Text.Encoding.UTF8.GetString(parts[1].Content.Span), StringComparison.Ordinal);
        Assert.Equal("<first>", parts[1].Header("Content-ID"));
    }

    // RFC 3261 section 14.1: an INVITE without an offer gets one in the 200, and the ACK answers it.
    [Fact]
    public void AnInviteWithoutAnOfferGetsTheCallees()
    {
        var bob = Registered("bob");
        var invite = Call(Alice, Alice.Request(SipMethod.Invite, BobAor));
        Assert.Equal("*", Attribute(Body(Invited(bob)), "accept-types"));
        ScriptedSession.Accept(bob, Invited(bob), Sdp("bob", "active"));
        var response = Alice.ResponseTo(invite)!;
        Assert.Equal(("message/cpim text/plain", "actpass"), (Attribute(Body(response), "accept-types"), Attribute(Body(response), "setup")));
        var session = ScriptedSession.Established(Alice, invite, response, Sdp("alice", "active"));
        Assert.Equal("msrp://127.0.0.1:7394/alice;tcp", Server.FindMsrp(Attribute(session.Description, "path")!)!.RemotePath);
        Assert.False(session.IsEndedByServer);
    }

    [Fact]
    public void OptionsOfAUserNamesWhatHeCanBeSent()
    {
        var allow = Alice.Call(Alice.Request(SipMethod.Options, BobAor)).Headers.GetText(SipHeaderId.Allow)!;
        Assert.Equal(["ACK", "BYE", "CANCEL", "INVITE", "MESSAGE", "OPTIONS", "UPDATE"], allow.Split(", ").Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Section", "RFC 3264 6")]
    public void OfSeveralStreamsTheFirstIsTakenAndTheOthersAreRejected()
    {
        var bob = Registered("bob");
        var offer = Sdp().Replace("TCP/MSRP *\r\n", "TCP/MSRP *\r\ni=words of the sender\r\n", StringComparison.Ordinal)
            + Sdp(port: 7_395)[Sdp().IndexOf("m=", StringComparison.Ordinal)..];
        var (alice, _) = Established(bob, offer);
        Assert.Contains("m=message 2855 TCP/MSRP *\r\ni=words of the sender\r\n", Body(Invited(bob)), StringComparison.Ordinal);
        Assert.Single(Body(Invited(bob)).Split("\r\n"), static line => line.StartsWith("m=", StringComparison.Ordinal));
        var sections = alice.Description.Split("\r\n").Where(static line => line.StartsWith("m=", StringComparison.Ordinal));
        Assert.Equal(["m=message 2855 TCP/MSRP *", "m=message 0 TCP/MSRP *"], sections);
    }
}
