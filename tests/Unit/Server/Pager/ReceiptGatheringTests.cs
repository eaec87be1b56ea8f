using System.Text;
using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Pager;

/// <summary>Receipts for a message to a list, gathered: RFC 5438 section 8.3.</summary>
[Trait("Section", "RFC 5438 8.3")]
public sealed class ReceiptGatheringTests : IDisposable
{
    private const string Alice = "sip:alice@localhost";

    private readonly TestServer _server = new(TestServer.Options with { Pager = new PagerOptions { ReceiptWindow = TimeSpan.FromSeconds(2), GatheredReceipts = 3 } });

    public void Dispose() => _server.Dispose();

    [Fact]
    public void WhatComesWithinTheWindowGoesAsOneAndIsAnsweredThen()
    {
        var (alice, bob, carol) = (Registered("alice"), Registered("bob"), Registered("carol"));
        SendToList(alice, "m1");
        var (fromBob, fromCarol) = (Receipt(bob, "m1"), Receipt(carol, "m1"));
        Assert.Empty(alice.Requests);
        Assert.Null(bob.ResponseTo(fromBob));

        _server.Advance(TimeSpan.FromSeconds(2));

        var gathered = Assert.Single(alice.Requests);
        Assert.Equal("sip:exploder@localhost", gathered.From!.Uri.ToString());
        Assert.True(CpimMessage.TryParse(gathered.Body, out var cpim));
        Assert.Equal(("sip:exploder@localhost", Alice), (cpim.From!.Uri, cpim.To.Single().Uri));
        Assert.NotNull(ImdnHeaders.Of(cpim).MessageId);
        Assert.True(ImdnBody.TryParse(cpim.ContentType, cpim.Content, out var receipts));
        Assert.Equal([("sip:bob@localhost", "m1"), ("sip:carol@localhost", "m1")], receipts.Select(receipt => (receipt.RecipientUri!, receipt.MessageId)));
        Assert.Equal(200, bob.ResponseTo(fromBob)!.StatusCode);
        Assert.Equal(200, carol.ResponseTo(fromCarol)!.StatusCode);
    }

    [Fact]
    public void WhenTheSenderIsGoneTheReceiptIsNotAnsweredAsIfItHadArrived()
    {
        var (alice, bob, carol) = (Registered("alice"), Registered("bob"), Registered("carol"));
        SendToList(alice, "m1");
        var (fromBob, fromCarol) = (Receipt(bob, "m1"), Receipt(carol, "m1"));
        alice.Register(expires: "0");
        _server.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(480, bob.ResponseTo(fromBob)!.StatusCode);
        Assert.Equal(480, carol.ResponseTo(fromCarol)!.StatusCode);
    }

    [Fact]
    public void EnoughOfThemDoNotWait()
    {
        var (alice, bob) = (Registered("alice"), Registered("bob"));
        SendToList(alice, "m1");
        Receipt(bob, "m1");
        Receipt(bob, "m1");
        Assert.Empty(alice.Requests);
        Receipt(bob, "m1");
        Assert.Single(alice.Requests);
    }

    [Fact]
    public void OneAloneComesFromItsOwnSender()
    {
        var (alice, bob) = (Registered("alice"), Registered("bob"));
        SendToList(alice, "m1");
        Receipt(bob, "m1");
        _server.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("sip:bob@localhost", Assert.Single(alice.Requests).From!.Uri.ToString());
    }

    [Theory]
    [InlineData("another", "sip:bob@localhost")]
    [InlineData("m1", "sip:carol@localhost")] // gathered, nobody could tell that it is not hers
    public void OthersGoTheirWayAtOnce(string messageId, string recipient)
    {
        var (alice, bob) = (Registered("alice"), Registered("bob"));
        SendToList(alice, "m1");
        Receipt(bob, messageId, recipient);
        Assert.Equal("sip:bob@localhost", Assert.Single(alice.Requests).From!.Uri.ToString());
    }

    [Fact]
    public void WhereTogetherTheyAreTooLongTheyGoOneByOne()
    {
        var (alice, bob) = (Registered("alice", SipProtocol.Udp), Registered("bob"));
        SendToList(alice, "m1");
        Receipt(bob, "m1");
        Receipt(bob, "m1");
        Receipt(bob, "m1");
        Assert.Equal(3, alice.Requests.Count);
        Assert.All(alice.Requests, request => Assert.Equal("sip:bob@localhost", request.From!.Uri.ToString()));
    }

    [Fact]
    public void WithoutTheOptionEachGoesAtOnce()
    {
        using var server = new TestServer();
        var (alice, bob) = (server.Client("alice"), server.Client("bob"));
        alice.Register();
        bob.Register();
        SendToList(alice, "m1");
        Receipt(bob, "m1");
        Assert.Single(alice.Requests);
    }

    // RFC 3261 section 17.1.2.2: who sent a receipt gives up after 32 s, and would send again what has arrived.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void WhoSentItHasHisAnswerWhileHeWaits(int receipts)
    {
        var (alice, bob) = (Registered("alice"), Registered("bob"));
        SendToList(alice, "m1");
        alice.Answer = _ => 0;
        var sent = Enumerable.Range(0, receipts).Select(_ => Receipt(bob, "m1")).ToList();
        _server.Advance(TimeSpan.FromSeconds(29));
        Assert.All(sent, receipt => Assert.Null(bob.ResponseTo(receipt)));
        _server.Advance(TimeSpan.FromSeconds(1.5));
        Assert.All(sent, receipt => Assert.Equal(480, bob.ResponseTo(receipt)?.StatusCode));
    }

    private static void SendToList(ScriptedClient alice, string messageId)
    {
        var cpim = $"From: <{Alice}>\r\nTo: <sip:exploder@localhost>\r\nNS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: {messageId}\r\n" +
            "imdn.Disposition-Notification: positive-delivery\r\n\r\nContent-Type: text/plain\r\n\r\nhello";
        var message = ListMessages.Create(
            alice, ListMessages.List("sip:bob@localhost", "sip:carol@localhost"), BodyPart.Create("message/cpim", Encoding.UTF8.GetBytes(cpim)));
        Assert.Equal(202, alice.Call(message).StatusCode);
    }

    /// <summary>Sends a receipt to alice and returns the request that was sent last, answered or not.</summary>
    private static SipMessage Receipt(ScriptedClient sender, string messageId, string? recipient = null)
    {
        var imdn = new ImdnDocument { MessageId = messageId, RecipientUri = recipient ?? sender.Aor, Kind = ImdnKind.Delivery, Status = ImdnStatus.Delivered };
        var body = CpimWriter.Wrap(
            sender.Aor, null, Alice, DateTimeOffset.UnixEpoch, ImdnDocument.ContentType, imdn.ToBytes(), new ImdnHeaders { MessageId = "r" + messageId }.ToCpim());
        var message = sender.Request(SipMethod.Message, Alice);
        message.SetBody("message/cpim", body);
        var challenge = sender.Send(message);
        sender.TakeChallenge(challenge);
        var sent = sender.Authorize(sender.Again(message), asProxy: challenge.StatusCode == 407);
        sender.Server.Receive(sent, sender.Flow);
        return sent;
    }

    private ScriptedClient Registered(string user, SipProtocol protocol = SipProtocol.Tcp)
    {
        var client = _server.Client(user, protocol);
        Assert.Equal(200, client.Register().StatusCode);
        return client;
    }
}
