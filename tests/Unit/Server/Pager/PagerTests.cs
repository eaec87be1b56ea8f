using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Pager;

/// <summary>Pager mode, RFC 3428.</summary>
public sealed class PagerTests : IDisposable
{
    private const string Bob = "sip:bob@localhost";

    private readonly TestServer _server = new();
    private readonly ScriptedClient _alice;

    public PagerTests() => _alice = _server.Client("alice");

    public void Dispose() => _server.Dispose();

    [Fact]
    public void AMessageReachesTheContactAsItWasSent()
    {
        var bob = Registered("bob");
        var message = Message("hello \u00e9", (SipHeaderId.Subject, "greeting"));
        message.Headers.Add("X-Own", "kept");
        var response = _alice.Call(message);

        Assert.Equal(200, response.StatusCode);
        var received = Assert.Single(bob.Requests);
        Assert.Equal(SipMethod.Message, received.Method);
        Assert.Equal(bob.Contact, received.RequestUri.ToString());
        Assert.Equal(message.Body.ToArray(), received.Body.ToArray());
        Assert.Equal("text/plain", received.Headers.GetText(SipHeaderId.ContentType));
        Assert.Equal(message.Headers.GetText(SipHeaderId.From), received.Headers.GetText(SipHeaderId.From));
        Assert.Equal("greeting", received.Headers.GetText(SipHeaderId.Subject));
        Assert.Equal("kept", received.Headers.GetText("X-Own"));
        Assert.Equal(69, received.MaxForwards!.Value);
    }

    [Fact]
    public void WhatWasForTheServerStaysThere()
    {
        var bob = Registered("bob");
        _alice.Call(Message("hello", (SipHeaderId.PPreferredIdentity, "<sip:carol@localhost>"), (SipHeaderId.PAssertedIdentity, "<sip:carol@localhost>")));
        var received = Assert.Single(bob.Requests);
        SipHeaderId[] kept =
        [
            SipHeaderId.Authorization, SipHeaderId.ProxyAuthorization, SipHeaderId.PPreferredIdentity, SipHeaderId.PAssertedIdentity, SipHeaderId.Route,
        ];
        Assert.DoesNotContain(kept, received.Headers.Contains);
        Assert.Equal(1, received.Headers.CountOf(SipHeaderId.Via));
    }

    [Fact]
    public void AllContactsGetItAndOneIsEnough()
    {
        var (first, second) = (Registered("bob"), Registered("bob"));
        first.Answer = _ => 486;
        Assert.Equal(200, _alice.Call(Message("hello")).StatusCode);
        Assert.Single(first.Requests);
        Assert.Single(second.Requests);
    }

    [Fact]
    public void AContactsAcceptedIsNoWordOfOurStore()
    {
        Registered("bob").Answer = _ => 202;
        Assert.Equal(200, _alice.Call(Message("hello")).StatusCode);
    }

    // RFC 3261 section 16.7, step 6.
    [Theory]
    [InlineData(486, 404, 486)]
    [InlineData(500, 486, 486)]
    [InlineData(486, 603, 603)]
    [InlineData(603, 486, 603)]
    [InlineData(302, 302, 480)]
    [InlineData(401, 407, 480)]
    [InlineData(503, 503, 480)]
    [InlineData(408, 408, 480)]
    public void WhenNoneTakesItTheBestRefusalCounts(int first, int second, int best)
    {
        var (one, other) = (Registered("bob"), Registered("bob"));
        one.Answer = _ => first;
        other.Answer = _ => second;
        Assert.Equal(best, _alice.Call(Message("hello")).StatusCode);
    }

    [Fact]
    [Trait("Section", "RFC 3261 8.2.3")]
    public void WhatADeviceWouldTakeIsTold()
    {
        var bob = Registered("bob");
        bob.Answer = _ => 0;
        var message = Challenged(Message("hello"));
        _server.Receive(message, _alice.Flow);
        bob.Respond(bob.Requests[0], 415, (SipHeaderId.Accept, "image/*"), (SipHeaderId.AcceptEncoding, "gzip"));
        _server.Run();
        var refused = _alice.ResponseTo(message)!;
        Assert.Equal((415, "image/*", "gzip"), (refused.StatusCode, refused.Headers.GetText(SipHeaderId.Accept), refused.Headers.GetText(SipHeaderId.AcceptEncoding)));
    }

    [Fact]
    public void ALateContactChangesNothing()
    {
        var (quick, late) = (Registered("bob"), Registered("bob"));
        late.Answer = _ => 0;
        Assert.Equal(200, _alice.Call(Message("hello")).StatusCode);
        late.Respond(late.Requests[0], 603, []);
        _server.Run();
        Assert.Single(_alice.Flow.Sent, message => !message.IsRequest && message.StatusCode == 200);
    }

    // Contract, point 15: an error within 45 s, never 200; and never 408 (RFC 4320 section 4.2).
    [Fact]
    [Trait("Section", "RFC 4320 4.2")]
    public void AContactThatDoesNotAnswerYieldsAnError()
    {
        Registered("bob").Answer = _ => 0;
        var message = Challenged(Message("hello"));
        _server.Receive(message, _alice.Flow);
        _server.Clock.Advance(TimeSpan.FromSeconds(31));
        _server.Run();
        Assert.Equal(480, _alice.ResponseTo(message)!.StatusCode);
    }

    [Fact]
    public void NobodyIsThere()
    {
        using var refusals = new RefusalCounter(_server.Server.Metrics);
        Assert.Equal(480, _alice.Call(Message("hello")).StatusCode);
        Assert.Equal(404, _alice.Call(_alice.Request(SipMethod.Message, "sip:nobody@localhost")).StatusCode);
        Assert.Contains("pager/offline", refusals.Reasons);
    }

    [Fact]
    public void ABodyNeedsAType()
    {
        Registered("bob");
        var message = Message("hello");
        message.Headers.Remove(SipHeaderId.ContentType);
        var response = _alice.Call(message);
        Assert.Equal((400, "Missing Content-Type"), (response.StatusCode, response.ReasonPhrase));
    }

    [Theory]
    [InlineData(8_192, 200)]
    [InlineData(8_193, 413)]
    public void ABodyHasALimitThatTheRefusalNames(int length, int status)
    {
        Registered("bob");
        var response = _alice.Call(Message(new string('x', length)));
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == 413, response.Headers.GetText(SipHeaderId.Warning)?.Contains("133 Size exceeded, 8192 bytes", StringComparison.Ordinal) ?? false);
    }

    // RFC 3428 section 8: over UDP no more than 1,300 bytes, whatever the recipient could take.
    [Fact]
    public void ALongMessageGoesToContactsOverTcpOnly()
    {
        var udp = Registered("bob", SipProtocol.Udp);
        Assert.Equal(513, _alice.Call(Message(new string('x', 2_000))).StatusCode);
        var tcp = Registered("bob");
        Assert.Equal(200, _alice.Call(Message(new string('x', 2_000))).StatusCode);
        Assert.Empty(udp.Requests);
        Assert.Single(tcp.Requests);
    }

    [Fact]
    public void ItNeedsCredentialsAndTheSendersOwnName()
    {
        var bob = Registered("bob");
        Assert.Contains(_alice.Send(Message("hello")).StatusCode, new[] { 401, 407 });
        var foreign = Message("hello");
        foreign.Headers.Set(SipHeaderId.From, "<sip:carol@localhost>;tag=1");
        Assert.Equal(403, _alice.Call(foreign).StatusCode);
        Assert.Empty(bob.Requests);
    }

    [Fact]
    [Trait("Section", "RFC 3841 7.2")]
    public void ItGoesToTheDevicesThatTheSenderAsksFor()
    {
        var phone = Registered("bob", features: ";audio");
        var (messenger, tablet) = (Registered("bob", features: ";+g.oma.sip-im"), Registered("bob", features: ";+g.oma.sip-im;q=0.1"));
        var response = _alice.Call(Message("hello", (SipHeaderId.AcceptContact, "*;+g.oma.sip-im;require;explicit")));
        Assert.Equal(200, response.StatusCode);
        Assert.Empty(phone.Requests);
        Assert.Single(messenger.Requests);
        Assert.Equal("*;+g.oma.sip-im;require;explicit", Assert.Single(tablet.Requests).Headers.GetText(SipHeaderId.AcceptContact));
    }

    [Fact]
    [Trait("Section", "OMA IM 5")]
    public void WithoutSuchADeviceTheRecipientIsAsGoodAsAbsent()
    {
        var phone = Registered("bob", features: ";audio");
        Assert.Equal(480, _alice.Call(Message("hello", (SipHeaderId.AcceptContact, "*;+g.oma.sip-im;require;explicit"))).StatusCode);
        Assert.Empty(phone.Requests);
    }

    [Fact]
    [Trait("Section", "RFC 3428 4")]
    public void ItSaysWhenItWasSent()
    {
        var bob = Registered("bob");
        const string Sent = "Thu, 01 Jan 1970 00:00:00 GMT";
        _alice.Call(Message("hello"));
        _alice.Call(Message("again", (SipHeaderId.Date, Sent)));
        Assert.Equal(_server.Clock.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture), bob.Requests[0].Headers.GetText(SipHeaderId.Date));
        Assert.Equal(Sent, bob.Requests[1].Headers.GetText(SipHeaderId.Date));
    }

    [Theory]
    [Trait("Section", "RFC 3428 4")]
    [InlineData("60", -61, false)]
    [InlineData("60", -59, true)]
    [InlineData("60", null, true)]
    [InlineData("0", -3600, true)] // 0 forbids to store it, and it is not stored here
    public void WhatHasExpiredIsNotDelivered(string expires, int? sentSeconds, bool isDelivered)
    {
        var bob = Registered("bob");
        var message = Message("hello", (SipHeaderId.Expires, expires));
        if (sentSeconds is { } seconds)
        {
            var sent = _server.Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds);
            message.Headers.Set(SipHeaderId.Date, sent.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Equal(isDelivered ? 200 : 480, _alice.Call(message).StatusCode);
        Assert.Equal(isDelivered ? 1 : 0, bob.Requests.Count);
    }

    [Fact]
    [Trait("Section", "RFC 3428 9")]
    public void AContactHasNoBusinessInIt()
    {
        var bob = Registered("bob");
        Assert.Equal(200, _alice.Call(Message("hello", (SipHeaderId.Contact, "<sip:alice@192.0.2.1>"))).StatusCode);
        Assert.False(Assert.Single(bob.Requests).Headers.Contains(SipHeaderId.Contact));
    }

    [Theory]
    [InlineData("<sip:alice@localhost>", 200)]
    [InlineData("<im:alice@localhost>", 200)]
    [InlineData("<sip:anonymous@anonymous.invalid>", 200)]
    [InlineData("<sip:carol@localhost>", 403)]
    [InlineData("Carol <im:carol@localhost>", 403)]
    [InlineData("<sip:carol@localhost;x=y>", 403)]
    public void ACpimFromIsNotAnotherUser(string from, int status)
    {
        Registered("bob");
        var message = Message("");
        message.SetBody("message/cpim", Encoding.UTF8.GetBytes($"From: {from}\r\nTo: <sip:bob@localhost>\r\n\r\nContent-Type: text/plain\r\n\r\nhi"));
        Assert.Equal(status, _alice.Call(message).StatusCode);
    }

    [Theory]
    [InlineData("message/cpim", 403)]
    [InlineData("message/cpim; x", 400)] // no type by the grammar, and yet a client may take it for one
    public void ACpimFromDeepInsideIsNotAnotherUserEither(string type, int status)
    {
        Registered("bob");
        var message = Message("");
        var body = $"--b\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\n--c\r\nContent-Type: {type}\r\n\r\nFrom: <sip:carol@localhost>\r\n\r\nContent-Type: text/plain\r\n\r\nhi\r\n--c--\r\n--b--\r\n";
        message.SetBody("multipart/mixed;boundary=b", Encoding.UTF8.GetBytes(body));
        Assert.Equal(status, _alice.Call(message).StatusCode);
    }

    [Theory]
    [InlineData("message/cpim", "sip:alice@localhost", 200)]
    [InlineData("message/cpim", "sip:carol@localhost", 403)]
    [InlineData("multipart/mixed;boundary=b", "sip:carol@localhost", 403)]
    [InlineData("message/cpim", "sip:alice@localhost", 400, "br")] // its recipient may know how to unpack it
    [Trait("Section", "RFC 3261 20.12")]
    public void ACpimFromInAPackedBodyIsNotAnotherUserEither(string type, string from, int status, string coding = "deflate")
    {
        var bob = Registered("bob");
        var cpim = $"From: <{from}>\r\n\r\nContent-Type: text/plain\r\n\r\nhi";
        var packed = new MemoryStream();
        using (var packing = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Optimal))
        {
            packing.Write(Encoding.UTF8.GetBytes(type == "message/cpim" ? cpim : $"--b\r\nContent-Type: message/cpim\r\n\r\n{cpim}\r\n--b--\r\n"));
        }

        var message = Message("", (SipHeaderId.ContentEncoding, coding));
        message.SetBody(type, packed.ToArray());
        Assert.Equal(status, _alice.Call(message).StatusCode);
        Assert.Equal(status == 200 ? [packed.ToArray()] : [], bob.Requests.Select(request => request.Body.ToArray()));
    }

    // RFC 5438 section 8: nothing between the two looks into a receipt or answers it with one.
    [Fact]
    [Trait("Section", "RFC 5438 8")]
    public void AReceiptPassesLikeAnyMessage()
    {
        var bob = Registered("bob");
        const string Receipt = "From: <sip:alice@localhost>\r\nTo: <sip:bob@localhost>\r\nNS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: r1\r\n" +
            "imdn.IMDN-Route: <sip:bob@localhost>\r\n\r\nContent-Type: message/imdn+xml\r\nContent-Disposition: notification\r\n\r\n<imdn/>";
        var message = Message("");
        message.SetBody("message/cpim", Encoding.UTF8.GetBytes(Receipt));
        Assert.Equal(200, _alice.Call(message).StatusCode);
        Assert.Equal(Receipt, Encoding.UTF8.GetString(Assert.Single(bob.Requests).Body.Span));

        bob.Answer = _ => 486;
        Assert.Equal(486, _alice.Call(_alice.Again(Message("again"))).StatusCode);
        Assert.DoesNotContain(_alice.Requests, request => request.Method == SipMethod.Message);
    }

    [Fact]
    [Trait("Section", "RFC 3323 4.1")]
    public void ASenderMayStayUnnamed()
    {
        var bob = Registered("bob");
        var message = Message("hello", (SipHeaderId.Privacy, "id"));
        Assert.Equal(200, _alice.Call(message).StatusCode);
        message = _alice.Again(message);
        message.Headers.Set(SipHeaderId.From, "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=1");
        Assert.Equal(200, _alice.Call(message).StatusCode);
        Assert.Equal(2, bob.Requests.Count);
        Assert.DoesNotContain(bob.Requests, received => received.ToString().Contains("alice", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Section", "RFC 3323 5.3")]
    public void WhatTellsWhoAnUnnamedSenderIsStaysHere()
    {
        var bob = Registered("bob");
        var message = Message("hello", (SipHeaderId.Privacy, "user"), (SipHeaderId.UserAgent, "alice's phone"));
        message.Headers.Add("Reply-To", "<sip:alice@localhost>");
        message.Headers.Add("Organization", "alice & sons");
        Assert.Equal(200, _alice.Call(message).StatusCode);
        var received = Assert.Single(bob.Requests);
        Assert.DoesNotContain("alice", received.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(message.CallId!.Value, received.CallId!.Value);

        message = Message("", (SipHeaderId.Privacy, "id"));
        message.SetBody("message/cpim", "From: <sip:alice@localhost>\r\n\r\nContent-Type: text/plain\r\n\r\nhi"u8.ToArray());
        Assert.Equal(400, _alice.Call(message).StatusCode);
    }

    [Fact]
    public void ADateAtTheEndOfTimeIsOne()
    {
        var bob = Registered("bob");
        Assert.Equal(200, _alice.Call(Message("hello", (SipHeaderId.Date, "Fri, 31 Dec 9999 23:59:59 GMT"), (SipHeaderId.Expires, "60"))).StatusCode);
        Assert.Single(bob.Requests);
    }

    private ScriptedClient Registered(string user, SipProtocol protocol = SipProtocol.Tcp, string features = "")
    {
        var client = _server.Client(user, protocol);
        Assert.Equal(200, client.Register(contact: $"<{client.Contact}>{features}").StatusCode);
        return client;
    }

    private SipMessage Message(string text, params ReadOnlySpan<(SipHeaderId Id, string Value)> headers)
    {
        var message = _alice.Request(SipMethod.Message, Bob, headers);
        message.SetBody("text/plain", Encoding.UTF8.GetBytes(text));
        return message;
    }

    private SipMessage Challenged(SipMessage message)
    {
        var challenge = _alice.Send(message);
        _alice.TakeChallenge(challenge);
        return _alice.Authorize(_alice.Again(message), asProxy: challenge.StatusCode == 407);
    }
}
