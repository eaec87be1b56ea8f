using OmaIm.Protocols.Sip;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Clocked;

/// <summary>Subscriptions of ours, with the test as their notifier (RFC 6665 section 4.1).</summary>
public sealed class SubscriptionTests : IDisposable
{
    private readonly ClockedStack _stack = new(SipProtocol.Tcp, dialogs: true);
    private readonly Subscriber _subscriber = new();
    private readonly SipText _subscribe;

    public SubscriptionTests()
    {
        var subscribe = SipRequests.Create(SipMethod.Subscribe);
        subscribe.Headers.Add(SipHeaderId.Event, "conference");
        subscribe.Headers.Add(SipHeaderId.Expires, "600");
        _stack.Dialogs.Subscribe(subscribe, _stack.Flow, _subscriber);
        _stack.Pass(0);
        _subscribe = _stack.Sent[0];
    }

    public void Dispose() => _stack.Dispose();

    [Fact]
    [Trait("Section", "RFC 6665 4.4.1")]
    public void ANotificationThatComesBeforeTheAnswerMakesTheDialog()
    {
        Notify(1, "active;expires=600", "Record-Route: <sip:p1.example.com;lr>\r\n");
        Assert.Equal(["SUBSCRIBE", "200"], _stack.SentInShort);
        Assert.Equal(["active"], _subscriber.Told);
        Accept();
        Assert.Equal(["active"], _subscriber.Told);
    }

    [Theory]
    [InlineData(500, false)]
    [InlineData(481, true)]
    [Trait("Section", "RFC 6665 4.1.2.2")]
    public void ARefreshThatFailsLeavesTheSubscriptionUnlessItIsGone(int status, bool isOver)
    {
        Accept();
        Notify(1, "active;expires=600");
        _stack.Pass(540);
        Assert.Equal("SUBSCRIBE", _stack.Sent[^1].Method);
        Assert.NotEqual(_subscribe["CSeq"], _stack.Sent[^1]["CSeq"]);
        _stack.Answer(status);
        Assert.Equal(isOver, _subscriber.IsOver);
        Notify(2, "active;expires=600");
        Assert.Equal(isOver ? 481 : 200, _stack.Sent[^1].Status);
    }

    private void Accept() => _stack.Receive(_subscribe.Answer(200, "OK", "Contact: <sip:room@192.0.2.2>\r\nExpires: 600\r\n", tag: "t1"));

    private void Notify(int number, string state, string headers = "") => _stack.Receive(new RequestText("NOTIFY", "192.0.2.2:5060", $"n{number}")
    {
        Transport = "TCP",
        Uri = "sip:alice@192.0.2.1",
        From = _subscribe["To"] + ";tag=t1",
        To = _subscribe["From"],
        CallId = _subscribe["Call-ID"],
        CSeq = $"{number} NOTIFY",
        Headers = $"Contact: <sip:room@192.0.2.2>\r\nEvent: conference\r\nSubscription-State: {state}\r\n{headers}",
    }.ToString());

    private sealed class Subscriber : ISubscriberHandler
    {
        public List<string> Told { get; } = [];

        public bool IsOver { get; private set; }

        public void OnNotify(SubscriberUsage usage, SipMessage notify) => Told.Add(notify.SubscriptionState!.State);

        public void OnTerminated(SubscriberUsage usage, string? reason, SipMessage? response) => IsOver = true;

        public bool OnChallenged(SubscriberUsage usage, SipMessage response) => false;
    }
}
