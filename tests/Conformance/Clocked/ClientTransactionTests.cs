using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Conformance.Clocked;

/// <summary>Requests of ours and what comes of them (RFC 3261 section 17.1, RFC 6026).</summary>
public sealed class ClientTransactionTests
{
    [Fact]
    [Trait("Section", "RFC 3261 17.1.1.1")]
    [Trait("Section", "RFC 3261 17.1.1.2")]
    [Trait("Section", "RFC 3261 8.1.3.1")]
    public void AnInviteIsSentAgainInGrowingStepsAndGivenUpAfter64T1AsWith408()
    {
        using var stack = new ClockedStack();
        stack.Send(SipMethod.Invite);
        stack.Pass(31.999);
        Assert.Empty(stack.Heard);
        stack.Pass(0.001);
        Assert.Equal([0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5], stack.TimesOf("INVITE"));
        Assert.Equal([408], stack.Heard);
    }

    [Theory]
    [InlineData("INVITE")]
    [InlineData("MESSAGE")]
    [Trait("Section", "RFC 3261 17.1.1.2")]
    [Trait("Section", "RFC 3261 17.1.2.2")]
    public void OverAReliableTransportNothingIsSentAgain(string method)
    {
        using var stack = new ClockedStack(SipProtocol.Tcp);
        stack.Send(new SipMethod(method));
        stack.Pass(32);
        Assert.Equal([method], stack.SentInShort);
        Assert.Equal([408], stack.Heard);
    }

    [Fact]
    [Trait("Section", "RFC 3261 17.1.1.2")]
    public void AProvisionalAnswerEndsTheRepetition()
    {
        using var stack = new ClockedStack();
        stack.Send(SipMethod.Invite);
        stack.Answer(180);
        stack.Pass(100);
        Assert.Equal(["INVITE"], stack.SentInShort);
        Assert.Equal([180], stack.Heard);
    }

    [Fact]
    [Trait("Section", "RFC 3261 16.8")]
    [Trait("Section", "RFC 3261 9.1")]
    public void WhoRingsForTooLongIsCancelled()
    {
        using var stack = new ClockedStack();
        stack.Send(SipMethod.Invite);
        stack.Answer(180);
        stack.Pass(180);
        Assert.DoesNotContain("CANCEL", stack.SentInShort);
        stack.Pass(10);
        var (invite, cancel) = (stack.Sent[0], stack.Sent[1]);
        Assert.Equal((invite.RequestUri, invite["Via"], invite["From"], invite["To"], invite["Call-ID"]), (cancel.RequestUri, cancel["Via"], cancel["From"], cancel["To"], cancel["Call-ID"]));
        Assert.Equal(("CANCEL", "1 CANCEL"), (cancel.Method, cancel["CSeq"]));
    }

    [Fact]
    [Trait("Section", "RFC 3261 9.1")]
    public void ACancelWaitsForTheFirstProvisionalAnswer()
    {
        using var stack = new ClockedStack();
        stack.Send(SipMethod.Invite).Cancel();
        stack.Pass(0.1);
        Assert.Equal(["INVITE"], stack.SentInShort);
        stack.Answer(100);
        Assert.Equal(["INVITE", "CANCEL"], stack.SentInShort);
    }

    [Fact]
    [Trait("Section", "RFC 3261 17.1.1.3")]
    public void EachCopyOfARefusalIsAcknowledgedWithinTheTransaction()
    {
        using var stack = new ClockedStack();
        var request = SipRequests.Create(SipMethod.Invite);
        request.Headers.Add(SipHeaderId.Route, "<sip:proxy.example.com;lr>");
        stack.Send(request);
        stack.Answer(486);
        stack.Receive(stack.Sent[0].Answer(486, tag: "t1"));
        var (invite, ack) = (stack.Sent[0], stack.Sent[1]);
        Assert.Equal(["INVITE", "ACK", "ACK"], stack.SentInShort);
        Assert.Equal((invite.RequestUri, invite["Via"], invite["From"], invite["Call-ID"], invite["Route"]), (ack.RequestUri, ack["Via"], ack["From"], ack["Call-ID"], ack["Route"]));
        Assert.Equal((invite["To"] + ";tag=t1", "1 ACK", ""), (ack["To"], ack["CSeq"], ack.Body));
        Assert.Single(ack.All("Via"));
        Assert.Equal([486], stack.Heard);
    }

    [Fact]
    [Trait("Section", "RFC 3261 17.1.2.2")]
    public void AnotherRequestIsSentAgainEveryFourSecondsAtMost()
    {
        using var stack = new ClockedStack();
        stack.Send(SipMethod.Message);
        stack.Pass(32);
        Assert.Equal([0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5], stack.TimesOf("MESSAGE"));
        Assert.Equal([408], stack.Heard);
    }

    [Fact]
    [Trait("Section", "RFC 3261 17.1.2.2")]
    public void BehindAProvisionalAnswerARequestIsSentAgainEveryFourSeconds()
    {
        using var stack = new ClockedStack();
        stack.Send(SipMethod.Message);
        stack.Answer(100);
        stack.Pass(9);
        Assert.Equal([0, 0.5, 4.5, 8.5], stack.TimesOf("MESSAGE"));
    }

    [Theory]
    [InlineData("z9hG4bK", "z9hG4bKx")] // another branch
    [InlineData("1 MESSAGE", "1 INFO")] // another method
    [Trait("Section", "RFC 3261 17.1.3")]
    public void AnAnswerBelongsToTheRequestOfItsBranchAndMethod(string ours, string other)
    {
        using var stack = new ClockedStack();
        stack.Send(SipMethod.Message);
        var answer = stack.Sent[0].Answer(200, tag: "t1");
        stack.Receive(answer.Replace(ours, other, StringComparison.Ordinal));
        Assert.Empty(stack.Heard);
        stack.Receive(answer);
        Assert.Equal([200], stack.Heard);
    }

    [Fact]
    [Trait("Section", "RFC 3261 18.1.2")]
    public void AnAnswerWhoseViaIsNotOursIsDropped()
    {
        using var stack = new ClockedStack();
        stack.Send(SipMethod.Message);
        var answer = stack.Sent[0].Answer(200, tag: "t1");
        stack.Receive(answer.Replace("192.0.2.1:5060", "192.0.2.9:5060", StringComparison.Ordinal));
        Assert.Empty(stack.Heard);
        stack.Receive(answer);
        Assert.Equal([200], stack.Heard);
    }

    [Fact]
    [Trait("Section", "RFC 3261 8.1.3.3")]
    public void AnAnswerWithAnotherViaBelowOursIsDropped()
    {
        using var stack = new ClockedStack();
        stack.Send(SipMethod.Message);
        var answer = stack.Sent[0].Answer(200, tag: "t1");
        stack.Receive(answer.Replace("From: ", "Via: SIP/2.0/UDP 198.51.100.7;branch=z9hG4bKelse\r\nFrom: ", StringComparison.Ordinal));
        Assert.Empty(stack.Heard);
    }

    [Fact]
    [Trait("Section", "RFC 6026 8.4")]
    public void EachCopyOfASuccessIsHeardAndNoRefusalBehindIt()
    {
        using var stack = new ClockedStack();
        stack.Send(SipMethod.Invite);
        stack.Answer(200);
        stack.Answer(200);
        stack.Answer(200, tag: "t2"); // of another device, behind a fork
        stack.Answer(486, tag: "t3");
        Assert.Equal([200, 200, 200], stack.Heard);
        Assert.Equal(["INVITE"], stack.SentInShort); // whose ACK is the user's
        stack.Pass(32);
        stack.Answer(200);
        Assert.Equal([200, 200, 200], stack.Heard);
    }
}
