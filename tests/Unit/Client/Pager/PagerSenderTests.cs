using System.Text;
using OmaIm.Client;
using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.Sip;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Pager;

public sealed class PagerSenderTests : IDisposable
{
    private const string PlainText = "text/plain;charset=UTF-8";

    private readonly PagerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    [Trait("Section", "RFC 3428 4")]
    public async Task ATextIsAMessageWithoutContact()
    {
        var sent = await _bench.Send(PlainText, "Grüße"u8.ToArray());
        var message = Assert.Single(_bench.Received);
        Assert.Equal("MESSAGE", message.Method.Name);
        Assert.Equal("sip:bob@localhost", message.RequestUri.ToString());
        Assert.Equal(PlainText, message.Headers.GetText(SipHeaderId.ContentType));
        Assert.Equal("Grüße", Encoding.UTF8.GetString(message.Body.Span));
        Assert.False(message.Headers.Contains(SipHeaderId.Contact));
        Assert.Equal("*;+g.oma.sip-im", message.Headers.GetText(SipHeaderId.AcceptContact));
        Assert.StartsWith("IM-client/OMA1.0", message.Headers.GetText(SipHeaderId.UserAgent), StringComparison.Ordinal);
        Assert.Equal(_bench.Client.Time.GetUtcNow().ToUnixTimeSeconds(), message.Date!.Value.ToUnixTimeSeconds());
        Assert.Equal((MessageMode.Pager, false, true), (sent!.Mode, sent.IsStored, sent.IsDelivered));
    }

    [Fact]
    [Trait("Section", "RFC 5438 7.1.1")]
    public async Task ReceiptsAreAskedForInCpim()
    {
        var sent = await _bench.Send(
            PlainText, "hi"u8.ToArray(), new SendOptions { Receipts = ImdnRequests.PositiveDelivery | ImdnRequests.Display, Subject = "s" });
        var message = Assert.Single(_bench.Received);
        Assert.True(CpimMessage.TryParse(message.Body, out var cpim));
        var imdn = ImdnHeaders.Of(cpim);
        Assert.Equal(sent!.MessageId, imdn.MessageId);
        Assert.Equal(ImdnRequests.PositiveDelivery | ImdnRequests.Display, imdn.Requests);
        Assert.Equal(("sip:alice@localhost", "sip:bob@localhost", "s"), (cpim.From!.Uri, cpim.To[0].Uri, cpim.Subject));
        Assert.Equal("hi", Encoding.UTF8.GetString(cpim.Content.Span));
    }

    [Theory]
    [InlineData("sip:list@example.com", "sip:list@example.com", "sip:relay@example.com")]
    [InlineData("sip:relay@example.com", "tel:+15550100", "sip:relay@example.com")]
    [InlineData("sip:bob@localhost")]
    [Trait("Section", "RFC 5438 7.2.1.1")]
    public async Task AReceiptGoesBackByTheRecordedRouteOrElseToWhoIsTheFromInCpim(string target, params string[] routes)
    {
        await _bench.Send(ImdnDocument.ContentType, "<imdn/>"u8.ToArray(), new SendOptions { ReceiptRoutes = routes });
        var message = Assert.Single(_bench.Received);
        Assert.Equal((target, target), (message.RequestUri.ToString(), message.To!.Uri.Aor));
        Assert.True(CpimMessage.TryParse(message.Body, out var cpim));
        Assert.Equal("sip:bob@localhost", cpim.To[0].Uri);
        Assert.Equal(routes, ImdnHeaders.Of(cpim).Routes);
    }

    [Fact]
    [Trait("Section", "RFC 3428 7")]
    public async Task AClientThatKnowsNoCpimGetsTheMessageWithoutIt()
    {
        _bench.Answer = transaction => transaction.Respond(transaction.Request.ContentType!.MediaType == "message/cpim" ? 415 : 200);
        var sent = await _bench.Send(PlainText, "hi"u8.ToArray(), new SendOptions { Receipts = ImdnRequests.PositiveDelivery, MessageId = "m1" });
        Assert.Equal(["message/cpim", "text/plain"], _bench.Received.Select(message => message.ContentType!.MediaType));
        Assert.Equal("hi", Encoding.UTF8.GetString(_bench.Received[1].Body.Span));
        Assert.NotEqual(_bench.Received[0].CallId!.Value, _bench.Received[1].CallId!.Value);
        Assert.Equal(("m1", true), (sent!.MessageId, sent.IsDelivered));
    }

    [Fact]
    [Trait("Section", "RFC 5438 7.2.1.1")]
    public async Task AReceiptNeverGoesWithoutCpim()
    {
        _bench.Answer = transaction => transaction.Respond(415);
        var imdn = new ImdnDocument { MessageId = "m1", Kind = ImdnKind.Delivery, Status = ImdnStatus.Delivered };
        var failure = await Assert.ThrowsAsync<ImException>(() => _bench.Send(ImdnDocument.ContentType, imdn.ToBytes()));
        Assert.Equal(415, failure.StatusCode);
        Assert.Single(_bench.Received);
    }

    [Fact]
    [Trait("Section", "RFC 3428 7")]
    public async Task StoredIsNotDelivered()
    {
        _bench.Answer = transaction => transaction.Respond(202);
        var sent = await _bench.Send(PlainText, "hi"u8.ToArray());
        Assert.Equal((true, false), (sent!.IsStored, sent.IsDelivered));
    }

    [Theory]
    [InlineData(404, ImFailure.NotFound)]
    [InlineData(480, ImFailure.Refused)]
    [InlineData(403, ImFailure.Forbidden)]
    public async Task ARefusalIsAFailure(int status, ImFailure kind)
    {
        _bench.Answer = transaction => transaction.Respond(status);
        var failure = await Assert.ThrowsAsync<ImException>(() => _bench.Send(PlainText, "hi"u8.ToArray()));
        Assert.Equal((kind, status), (failure.Failure, failure.StatusCode));
    }

    [Theory]
    [InlineData(413)]
    [InlineData(513)]
    public async Task TooLargeForTheServerIsForLargeMessageMode(int status)
    {
        _bench.Answer = transaction => transaction.Respond(status);
        Assert.Null(await _bench.Send(PlainText, "hi"u8.ToArray()));
    }

    [Fact]
    public async Task TooLargeForPagerModeIsNotSentAtAll()
    {
        Assert.Null(await _bench.Send(PlainText, new byte[8 * 1024 + 1]));
        Assert.Empty(_bench.Received);
    }

    [Fact]
    [Trait("Section", "RFC 3261 18.1.1")]
    public async Task WhatIsTooLongForADatagramGoesOverTcp()
    {
        var asked = new List<string>();
        _bench.Client.OnConnect = protocol => asked.Add(protocol.ToString());
        await _bench.Send(PlainText, new byte[200]);
        Assert.Empty(asked);
        await _bench.Send(PlainText, new byte[1200]);
        Assert.Equal(["Tcp"], asked);
    }
}
