using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>A member moves to another session: whatever is said meanwhile he hears once, by one of the two.</summary>
[Trait("Section", "RFC 4975 5.4")]
public sealed class MoveTests : RoomTestBase
{
    [Fact]
    public void WhoMovesHearsByHisFormerSessionUntilTheNewOneIsBound()
    {
        var (alice, former) = (Bench.Join(Alice), Bench.Join(Bob));
        var bob = Bench.Invite(Bob, former: former.Member);
        Assert.Equal(200, alice.Say("before"));
        Assert.Equal(["before"], former.HearTexts());

        bob.Msrp.Bind();
        bob.Msrp.Take();
        Assert.Equal(200, alice.Say("behind"));
        Assert.Equal(["behind"], bob.HearTexts());
        Assert.Empty(former.HearTexts());
        Assert.Null(former.Member.Session.Connection);
        Assert.Equal(2, Bench.Room.ListenerCount);
    }

    /// <summary>What the loop has taken, but not written yet when he binds.</summary>
    [Fact]
    public void WhatWaitsForTheFlushIsHeardByTheFormerSession()
    {
        var (alice, former) = (Bench.Join(Alice), Bench.Join(Bob));
        var bob = Bench.Invite(Bob, former: former.Member);
        var body = MsrpText.Cpim(Alice, RoomBench.Uri, "just then");
        alice.Connection.Receive(MsrpText.Send("alice001", alice.Msrp.SessionPath, alice.Msrp.Path, "just0001", body, $"1-{body.Length}/{body.Length}"));
        bob.Connection.Receive(MsrpText.Request("SEND", "bob00001", bob.Msrp.SessionPath, bob.Msrp.Path, "Message-ID: bind0001"));
        Bench.Msrp.Run();
        Assert.Equal(200, alice.Answer("alice001"));
        Assert.Equal(200, bob.Answer("bob00001"));
        Assert.Equal(["just then"], [.. former.HearTexts(), .. bob.HearTexts()]);
    }

    [Fact]
    public void BothSessionsMayShareAConnection()
    {
        var (alice, former) = (Bench.Join(Alice), Bench.Join(Bob));
        var bob = Bench.Invite(Bob, connection: former.Connection, former: former.Member);
        bob.Msrp.Bind();
        bob.Msrp.Take();
        Assert.Equal(200, alice.Say("behind"));
        Assert.Equal(["behind"], bob.HearTexts());
    }

    [Fact]
    public void AFormerSessionThatIsLostMeanwhileChangesNothing()
    {
        var (alice, former) = (Bench.Join(Alice), Bench.Join(Bob));
        var bob = Bench.Invite(Bob, former: former.Member);
        former.Connection.Close(MsrpCloseReason.PeerClosed);
        Bench.Msrp.Run();
        bob.Msrp.Bind();
        bob.Msrp.Take();
        Assert.Equal(200, alice.Say("behind"));
        Assert.Equal(["behind"], bob.HearTexts());
        Assert.Equal(["sip:alice@example.com bound", "sip:bob@example.com bound", "sip:bob@example.com gone PeerClosed", "sip:bob@example.com bound"], Bench.Events);
    }
}
