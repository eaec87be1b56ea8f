using OmaIm.Stack.Transport;
using Xunit;

namespace OmaIm.Tests.Conformance.Clocked;

/// <summary>Requests that come, and what leaves for them (RFC 3261 section 17.2, RFC 6026).</summary>
public sealed class ServerTransactionTests
{
    private const string Peer = "192.0.2.2:5060";

    private static readonly RequestText Invite = new("INVITE", Peer, "i1") { Uri = "sip:bob@192.0.2.1", To = "<sip:bob@example.com>", Headers = "Contact: <sip:alice@192.0.2.2>\r\n" };

    [Fact]
    [Trait("Section", "RFC 3261 17.2.1")]
    public void ARefusalOfAnInviteIsSentAgainUntilItsAck()
    {
        using var stack = new ClockedStack();
        stack.Receive(Invite.ToString());
        stack.Received[0].Respond(486);
        stack.Pass(4);
        Assert.Equal([0, 0.5, 1.5, 3.5], stack.TimesOf("486"));
        stack.Receive(Ack(Invite, stack.Sent[0]["To"]));
        stack.Pass(60);
        Assert.Equal(4, stack.Sent.Count);
        Assert.Equal(0, stack.Acknowledged); // that ACK is the transaction's
    }

    [Fact]
    [Trait("Section", "RFC 3261 17.2.1")]
    public void ARefusalThatIsNeverAcknowledgedIsGivenUpAfter64T1()
    {
        using var stack = new ClockedStack();
        stack.Receive(Invite.ToString());
        stack.Received[0].Respond(486);
        stack.Pass(100);
        Assert.Equal([0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5], stack.TimesOf("486"));
    }

    [Fact]
    [Trait("Section", "RFC 3261 17.2.1")]
    [Trait("Section", "RFC 3261 8.2.6.1")]
    [Trait("Section", "RFC 3261 20.38")]
    public void WhoDoesNotAnswerAnInviteAtOnceSaysTryingWithTheTimestamp()
    {
        using var stack = new ClockedStack();
        stack.Receive((Invite with { Headers = Invite.Headers + "Timestamp: 54.21\r\n" }).ToString());
        stack.Pass(0.199);
        Assert.Empty(stack.Sent);
        stack.Pass(0.001);
        var trying = Assert.Single(stack.Sent);
        Assert.Equal((100, "54.21", "<sip:bob@example.com>"), (trying.Status, trying["Timestamp"], trying["To"]));
    }

    [Fact]
    [Trait("Section", "RFC 6026 8.5")]
    public void BehindASuccessCopiesOfTheInviteAreSwallowedAndTheAckIsTheUsers()
    {
        using var stack = new ClockedStack();
        stack.Receive(Invite.ToString());
        stack.Received[0].Respond(200);
        stack.Pass(20);
        stack.Receive(Invite.ToString());
        Assert.Single(stack.Received);
        Assert.Equal(["200"], stack.SentInShort); // its copies are the user's to send
        stack.Receive(Ack(Invite with { Branch = "z9hG4bKack" }, stack.Sent[0]["To"]));
        Assert.Equal(1, stack.Acknowledged);
    }

    [Fact]
    [Trait("Section", "RFC 3261 17.2.3")]
    public void ABranchCountsTogetherWithWhoSentIt()
    {
        using var stack = new ClockedStack();
        var options = new RequestText("OPTIONS", Peer, "o1");
        stack.Receive(options.ToString());
        stack.Receive(options.ToString());
        Assert.Single(stack.Received);
        stack.Receive((options with { SentBy = "192.0.2.2:5070", CallId = "other@test" }).ToString());
        Assert.Equal(2, stack.Received.Count);
    }

    [Theory]
    [InlineData("1")] // of a client of RFC 2543
    [InlineData("z9hG4bK")] // a cookie with nothing behind it
    [Trait("Section", "RFC 3261 17.2.3")]
    [Trait("Section", "RFC 4475 3.2.1")]
    public void WhereTheBranchTellsNothingTheRequestItselfIsCompared(string branch)
    {
        using var stack = new ClockedStack();
        var options = new RequestText("OPTIONS", Peer, "o1") { Branch = branch };
        stack.Receive(options.ToString());
        stack.Receive(options.ToString());
        Assert.Single(stack.Received);
        stack.Receive((options with { CallId = "other@test" }).ToString());
        Assert.Equal(2, stack.Received.Count);
    }

    [Fact]
    [Trait("Section", "RFC 3261 17.2.3")]
    public void TheAckOfAClientWithoutBranchesEndsTheRepetition()
    {
        using var stack = new ClockedStack();
        var old = Invite with { Branch = "1" };
        stack.Receive(old.ToString());
        stack.Received[0].Respond(486);
        stack.Receive(Ack(old, stack.Sent[0]["To"]));
        stack.Pass(60);
        Assert.Single(stack.Sent);
    }

    [Fact]
    [Trait("Section", "RFC 3261 8.2.2.2")]
    public void TheSameRequestByAnotherWayIsALoop()
    {
        using var stack = new ClockedStack();
        var options = new RequestText("OPTIONS", Peer, "o1");
        stack.Receive(options.ToString());
        stack.Receive((options with { Branch = "z9hG4bKother" }).ToString());
        Assert.Single(stack.Received);
        Assert.Equal(["482"], stack.SentInShort);
    }

    [Fact]
    [Trait("Section", "RFC 3261 8.2.7")]
    public void AChallengeOverUdpIsNotRepeated()
    {
        using var stack = new ClockedStack();
        stack.Receive(Invite.ToString());
        stack.Received[0].Respond(401);
        stack.Pass(32);
        Assert.Equal([0], stack.TimesOf("401"));
    }

    [Fact]
    [Trait("Section", "RFC 3261 9.2")]
    public void ACancelIsAnsweredAndEndsTheInviteWith487()
    {
        using var stack = new ClockedStack(SipProtocol.Tcp);
        stack.Receive(Invite.ToString());
        stack.Receive((Invite with { Method = "CANCEL", CSeq = "1 CANCEL", Headers = "" }).ToString());
        Assert.Equal([("200", "1 CANCEL"), ("487", "1 INVITE")], stack.Sent.Select(static sent => (sent.StartLine.Split(' ')[1], sent["CSeq"])));
        Assert.Equal(stack.Sent[0].Tag("To"), stack.Sent[1].Tag("To"));
    }

    [Fact]
    [Trait("Section", "RFC 3261 9.2")]
    public void ACancelBehindTheAnswerChangesNothing()
    {
        using var stack = new ClockedStack(SipProtocol.Tcp);
        stack.Receive(Invite.ToString());
        stack.Received[0].Respond(200);
        stack.Receive((Invite with { Method = "CANCEL", CSeq = "1 CANCEL", Headers = "" }).ToString());
        Assert.Equal(["200", "200"], stack.SentInShort);
        stack.Receive((Invite with { Method = "CANCEL", CSeq = "1 CANCEL", Headers = "", Branch = "z9hG4bKelse" }).ToString());
        Assert.Equal("481", stack.SentInShort.Last());
    }

    private static string Ack(RequestText invite, string to) => (invite with { Method = "ACK", CSeq = "1 ACK", To = to, Headers = "" }).ToString();
}
