using System.Net;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Dialogs;

public sealed class DialogLayerTests : IDisposable
{
    private readonly DialogBench _bench = new();
    private readonly InviteRecorder _bob;
    private readonly string _tag;

    public DialogLayerTests()
    {
        (_, _bob) = _bench.Establish();
        _tag = _bob.Usage.Dialog.LocalTag;
        _bench.ToAlice.Sent.Clear();
    }

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("BYE")]
    [InlineData("INVITE")]
    [InlineData("UPDATE")]
    [InlineData("NOTIFY")]
    [InlineData("MESSAGE")]
    public void RequestWithTheRightCallIdAndWrongTagsGets481(string method)
    {
        Receive(SipRequests.Received(new SipMethod(method), cseq: 5, toTag: "wrong"));

        Assert.Equal([$"481 {method}"], _bench.ToAlice.SentInShort());
        Assert.Equal(["confirmed"], _bob.Told);
        Assert.Equal(1, _bench.Bob.Dialogs.Statistics.Unknown);
    }

    [Theory]
    [InlineData("BYE")]
    [InlineData("NOTIFY")]
    [InlineData("UPDATE")]
    public void RequestThatBelongsIntoADialogButNamesNoneGets481(string method)
    {
        Receive(SipRequests.Received(new SipMethod(method), callId: "other"));

        Assert.Equal([$"481 {method}"], _bench.ToAlice.SentInShort());
    }

    [Fact]
    public void RequestWithTheRightTagsFromAnotherAddressGets481()
    {
        var stranger = new MemoryFlow(SipProtocol.Udp, _bench.ToAlice.Local, new IPEndPoint(IPAddress.Parse("198.51.100.9"), 5060));
        _bench.Bob.Transport.ReceiveDatagram(SipRequests.Received(SipMethod.Bye, cseq: 5, toTag: _tag).ToArray(), stranger);
        _bench.Pass(0);

        Assert.Equal(["481 BYE"], stranger.SentInShort());
        Assert.Equal(InviteState.Confirmed, _bob.Usage.State);
        Assert.Equal(1, _bench.Bob.Dialogs.Statistics.WrongSource);
    }

    [Fact]
    public void NumberThatIsNotHigherThanTheLastGets500()
    {
        Receive(SipRequests.Received(SipMethod.Info, "z9hG4bKi1", cseq: 7, toTag: _tag));
        Receive(SipRequests.Received(SipMethod.Bye, "z9hG4bKi2", cseq: 7, toTag: _tag));
        Receive(SipRequests.Received(SipMethod.Bye, "z9hG4bKi3", cseq: 6, toTag: _tag));

        Assert.Equal(["200 INFO", "500 BYE", "500 BYE"], _bench.ToAlice.SentInShort());
        Assert.Equal(InviteState.Confirmed, _bob.Usage.State);
        Assert.Equal(2, _bench.Bob.Dialogs.Statistics.OutOfOrder);
    }

    [Fact]
    public void AcksOutOfNowhereAreIgnored()
    {
        Receive(SipRequests.Received(SipMethod.Ack, "z9hG4bKa1", toTag: _tag));
        Receive(SipRequests.Received(SipMethod.Ack, "z9hG4bKa2", cseq: 9, toTag: _tag));
        Receive(SipRequests.Received(SipMethod.Ack, "z9hG4bKa3", toTag: "wrong"));

        Assert.Empty(_bench.ToAlice.Sent);
        Assert.Equal(["confirmed"], _bob.Told);
    }

    [Theory]
    [InlineData("INVITE")]
    [InlineData("SUBSCRIBE")]
    public void RequestForADialogWithoutContactGets400(string method)
    {
        var request = SipRequests.Received(new SipMethod(method), callId: "other");
        request.Headers.Remove(SipHeaderId.Contact);
        Receive(request);

        Assert.Equal([$"400 {method}"], _bench.ToAlice.SentInShort());
        Assert.Equal("Missing Contact", _bench.ToAlice.Sent[0].ReasonPhrase);
    }

    [Fact]
    public void TargetIsRefreshedByTheContactOfARequest()
    {
        var update = SipRequests.Received(SipMethod.Update, cseq: 5, toTag: _tag);
        update.Headers.Set(SipHeaderId.Contact, "<sip:alice@192.0.2.1:5099>");
        Receive(update);

        Assert.Equal(["200 UPDATE"], _bench.ToAlice.SentInShort());
        Assert.Equal("sip:alice@192.0.2.1:5099", _bob.Usage.Dialog.RemoteTarget.ToString());
    }

    [Fact]
    public void RequestsFollowThePeerToItsNewConnection()
    {
        var moved = new MemoryFlow(SipProtocol.Tcp, _bench.ToAlice.Local, new IPEndPoint(_bench.ToAlice.Remote.Address, 40_404));
        _bench.Bob.Transport.ReceiveDatagram(SipRequests.Received(SipMethod.Info, cseq: 5, toTag: _tag).ToArray(), moved);
        _bench.Pass(0);
        _bob.Usage.Bye();

        Assert.Equal(["200 INFO", "BYE"], moved.SentInShort());
    }

    [Fact]
    public void ClosedConnectionOfADialogIsReplaced()
    {
        var other = new MemoryFlow(SipProtocol.Tcp, _bench.ToAlice.Local, _bench.ToAlice.Remote);
        _bench.Bob.Dialogs.ReplaceClosedFlow = dialog => dialog == _bob.Usage.Dialog ? other : null;
        _bench.ToAlice.Close("test");
        _bob.Usage.Bye();

        Assert.Equal(["BYE"], other.SentInShort());
    }

    [Fact]
    public void DialogsBeyondTheLimitGet503()
    {
        using var node = new SipNode(new FakeTimeProvider(), dialogs: false);
        var layer = new DialogLayer(node.Transactions, maximumDialogs: 1);
        layer.OutOfDialogRequest += transaction =>
            layer.AcceptInvite(transaction, new InviteRecorder(), DialogBench.BobContact, null, DialogBench.Sdp, DialogBench.Body("answer"));
        var flow = new MemoryFlow(SipProtocol.Udp, _bench.ToAlice.Local, _bench.ToAlice.Remote);
        for (var i = 0; i < 2; i++)
        {
            node.Transport.ReceiveDatagram(SipRequests.Received(SipMethod.Invite, $"z9hG4bKx{i}", $"call-{i}").ToArray(), flow);
        }

        node.Loop.RunPending();
        Assert.Equal(["200 INVITE", "503 INVITE"], flow.SentInShort());
        Assert.Equal(1, layer.Statistics.Refused);
    }

    [Fact]
    public void InviteThatWasCancelledMeanwhileCannotBeAccepted()
    {
        OmaIm.Stack.Transactions.ServerTransaction? pending = null;
        using var node = new SipNode(new FakeTimeProvider());
        node.Dialogs.OutOfDialogRequest += transaction => pending = transaction;
        var flow = new MemoryFlow(SipProtocol.Udp, _bench.ToAlice.Local, _bench.ToAlice.Remote);
        node.Transport.ReceiveDatagram(SipRequests.Received(SipMethod.Invite).ToArray(), flow);
        node.Transport.ReceiveDatagram(SipRequests.Received(SipMethod.Cancel).ToArray(), flow);
        node.Loop.RunPending();

        Assert.True(pending!.IsAnswered);
        Assert.Throws<InvalidOperationException>(() =>
            node.Dialogs.AcceptInvite(pending, new InviteRecorder(), DialogBench.BobContact, null, DialogBench.Sdp, DialogBench.Body("answer")));
        Assert.Equal(0, node.Dialogs.Count);
    }

    private void Receive(SipMessage request)
    {
        _bench.Bob.Transport.ReceiveDatagram(request.ToArray(), _bench.ToAlice);
        _bench.Pass(0);
    }
}
