using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>A member who does not read delays nobody, costs little, and is cut off in time (decision 0003).</summary>
public sealed class SlowReaderTests : RoomTestBase
{
    private MsrpLoopOptions Options => Bench.Msrp.Loop.Options;

    [Fact]
    public void AMemberWhoDoesNotReadIsCutOffAtHisOutboxAndOthersHearEverything()
    {
        var (alice, bob, carol) = JoinThree();
        carol.Connection.Block();
        var said = new List<string>();
        for (var i = 0; i < 1000 && !carol.Connection.IsClosed; i++)
        {
            said.Add($"{i} {new string('x', 1000)}");
            Assert.Equal(200, alice.Say(said[^1]));
            Assert.True(carol.Connection.Backlog <= Options.OutboxBytes);
            Assert.Equal([said[^1]], bob.HearTexts());
        }

        Assert.InRange(said.Count, 100, 300);
        Assert.True(carol.Connection.IsAborted);
        Assert.Equal($"{Carol} gone SlowReader", Bench.Events[^1]);
        Assert.Equal(0, carol.Connection.Backlog);
        alice.Say("after");
        Assert.Equal(["after"], bob.HearTexts());
    }

    [Fact]
    public void AMemberWhoTakesNothingForLongIsCutOffThoughLittleWaits()
    {
        var (alice, _, carol) = JoinThree();
        carol.Connection.Block();
        alice.Say("one line");
        Bench.Msrp.Run(Options.OutboxAge + TimeSpan.FromSeconds(2));
        Assert.Equal($"{Carol} gone SlowReader", Bench.Events[^1]);
    }

    [Fact]
    public void AMemberWhoComesBackInTimeHearsEverythingInOrder()
    {
        var (alice, _, carol) = JoinThree();
        carol.Connection.Block();
        for (var i = 0; i < 50; i++)
        {
            alice.Say($"{i}");
            if (i % 10 == 0)
            {
                carol.Connection.Unblock(100);
            }
        }

        carol.Connection.Unblock();
        Assert.Equal(Enumerable.Range(0, 50).Select(static i => $"{i}"), carol.HearTexts());
    }

    [Fact]
    public void SeveralMembersOnOneConnectionThatIsCutOffHarmNobodyElse()
    {
        var shared = Bench.Msrp.Connect();
        var first = Bench.Join("sip:one@example.com", connection: shared);
        var others = Enumerable.Range(0, 4).Select(i => Bench.Join($"sip:user{i}@example.com")).ToList();
        Bench.Join("sip:two@example.com", connection: shared);
        others.AddRange(Enumerable.Range(4, 4).Select(i => Bench.Join($"sip:user{i}@example.com")));
        var alice = Bench.Join(Alice);
        shared.Block();
        var said = new List<string>();
        while (!shared.IsClosed)
        {
            said.Add($"{said.Count} {new string('x', 10_000)}");
            alice.Say(said[^1]);
        }

        Assert.Equal(2, Bench.Events.Count(static text => text.EndsWith("gone SlowReader", StringComparison.Ordinal)));
        Assert.All(others, peer => Assert.Equal(said, peer.HearTexts()));
        Assert.Null(first.Member.Session.Connection);
        alice.Say("after");
        Assert.All(others, static peer => Assert.Equal(["after"], peer.HearTexts()));
    }

    [Fact]
    public void WhatAMemberWhoIsCutOffHadBegunIsAbortedForAll()
    {
        var others = Enumerable.Range(0, 3).Select(i => Bench.Join($"sip:user{i}@example.com")).ToList();
        var carol = Bench.Join(Carol);
        others.AddRange(Enumerable.Range(3, 3).Select(i => Bench.Join($"sip:user{i}@example.com")));
        var alice = Bench.Join(Alice);
        var body = MsrpText.Cpim(Carol, RoomBench.Uri, new string('c', 300));
        carol.SendChunk("long", body[..200], 1, body.Length);
        carol.Connection.Block();
        while (!carol.Connection.IsClosed)
        {
            alice.Say(new string('x', 10_000));
        }

        foreach (var peer in others)
        {
            peer.Read();
            Assert.Equal((1, 0), (peer.Aborted, peer.OpenCount));
        }
    }

    [Fact]
    public void AConnectionThatBreaksUnderAWriteTakesNobodyWithIt()
    {
        var (alice, bob, carol) = JoinThree();
        var dave = Bench.Join("sip:dave@example.com");
        bob.Connection.WriteFailure = new IOException("broken pipe");
        alice.Say("one");
        alice.Say("two");
        Assert.Equal(["one", "two"], carol.HearTexts());
        Assert.Equal(["one", "two"], dave.HearTexts());
        Assert.Contains($"{Bob} gone TransportError", Bench.Events);
        Assert.Equal(0, Bench.Statistics.CallbackFailures);
    }

    [Fact]
    public void AMistakeOfOursUnderAWriteCostsOneMemberAndNobodyElseAMessage()
    {
        var (alice, bob, carol) = JoinThree();
        bob.Connection.WriteFailure = new ArithmeticException("a mistake of ours");
        alice.Say("one");
        alice.Say("two");
        Assert.Equal(["one", "two"], carol.HearTexts());
        Assert.Contains($"{Bob} gone TransportError", Bench.Events);
        Assert.Equal(1, Bench.Statistics.CallbackFailures);
    }

    [Fact]
    public void ALongMessageWaitsForAMemberWhoLagsAndShortOnesDoNot()
    {
        var (alice, bob, carol) = JoinThree();
        carol.Connection.Block();
        var body = MsrpText.Cpim(Alice, RoomBench.Uri, new string('x', 2_000_000));
        alice.Connection.Receive(MsrpText.Send("abcd", alice.Msrp.SessionPath, alice.Msrp.Path, "long", body));
        Bench.Msrp.Run();
        Assert.True(alice.Connection.IsPaused);
        Assert.InRange(carol.Connection.Backlog, Options.OutboxBytes / 4, Options.OutboxBytes);
        Assert.Equal(200, bob.Say("short"));
        Assert.False(carol.Connection.IsClosed);

        // Carol takes what waits, in portions, and always before the room would forget her.
        for (var i = 0; i < 1000 && alice.Answer("abcd") == 0; i++)
        {
            Bench.Msrp.Time.Advance(TimeSpan.FromMilliseconds(500));
            carol.Connection.Unblock(50_000);
            Bench.Msrp.Run();
        }

        carol.Connection.Unblock();
        Assert.Equal(200, alice.Answer("abcd"));
        Assert.False(alice.Connection.IsPaused);
        Assert.Equal([body], bob.Hear());
        Assert.Equal(2, carol.Hear().Count);
        Assert.Equal(0, Bench.Statistics.Closed(MsrpCloseReason.SlowReader));
    }

    [Fact]
    public void AMemberWhoMovesButTooSlowlyHoldsNobodyUpForLong()
    {
        var (alice, bob, carol) = JoinThree();
        carol.Connection.Block();
        var body = MsrpText.Cpim(Alice, RoomBench.Uri, new string('x', 1_000_000));
        alice.Connection.Receive(MsrpText.Send("abcd", alice.Msrp.SessionPath, alice.Msrp.Path, "long", body));
        Bench.Msrp.Run();
        Assert.True(alice.Connection.IsPaused);
        var seconds = 0.0;
        for (; seconds < 120 && alice.Answer("abcd") == 0; seconds += 0.5)
        {
            Bench.Msrp.Time.Advance(TimeSpan.FromMilliseconds(500));
            carol.Connection.Unblock(500);
            Bench.Msrp.Run();
        }

        Assert.InRange(seconds, 10, 10 + (1_000_000 / Bench.Room.Options.LeastStreamRate) + 5);
        Assert.Equal([body], bob.Hear());
        Assert.Equal($"{Carol} gone SlowReader", Bench.Events[^1]);
    }

    [Fact]
    public void EveryLongMessageWaitsForAMemberWhoLags()
    {
        var senders = Enumerable.Range(0, 4).Select(i => Bench.Join($"sip:user{i}@example.com")).ToList();
        var carol = Bench.Join(Carol);
        carol.Connection.Block();
        var bodies = senders.Select(static sender => MsrpText.Cpim(sender.Aor, RoomBench.Uri, new string('x', 300_000))).ToList();
        for (var at = 0; at < 300_000; at += 15_000)
        {
            for (var i = 0; i < senders.Count; i++)
            {
                senders[i].Connection.Receive(MsrpText.Send(
                    senders[i].Msrp.NextId(), senders[i].Msrp.SessionPath, senders[i].Msrp.Path, "long", bodies[i].Substring(at, 15_000), $"{at + 1}-*/{bodies[i].Length}", '+'));
            }

            Bench.Msrp.Run();
        }

        Assert.All(senders, static sender => Assert.True(sender.Connection.IsPaused));
        Assert.False(carol.Connection.IsClosed);
        carol.Connection.Unblock();
        Bench.Msrp.Run();
        Assert.All(senders, static sender => Assert.Equal((false, 0), (sender.Connection.IsPaused, sender.Connection.UnreadInput)));
        carol.Read();
        Assert.Equal(4, carol.OpenCount);
    }

    [Fact]
    public void AllLongMessagesOfOneFlushPauseTogether()
    {
        var senders = Enumerable.Range(0, 4).Select(i => Bench.Join($"sip:user{i}@example.com")).ToList();
        var (alice, carol) = (Bench.Join(Alice), Bench.Join(Carol));
        carol.Connection.Block();
        while (carol.Connection.Backlog < Options.OutboxBytes / 4)
        {
            alice.Say(new string('x', 10_000));
        }

        foreach (var sender in senders)
        {
            var body = MsrpText.Cpim(sender.Aor, RoomBench.Uri, "beginning");
            sender.Connection.Receive(MsrpText.Send(sender.Msrp.NextId(), sender.Msrp.SessionPath, sender.Msrp.Path, "long", body, "1-*/*", '+'));
        }

        Bench.Msrp.Loop.RunOnce();
        Assert.All(senders, static sender => Assert.True(sender.Connection.IsPaused));
    }

    [Fact]
    public void AStalledMemberHoldsALongMessageNoLongerThanTheStallTime()
    {
        var (alice, bob, carol) = JoinThree();
        carol.Connection.Block();
        var body = MsrpText.Cpim(Alice, RoomBench.Uri, new string('x', 1_000_000));
        alice.Connection.Receive(MsrpText.Send("abcd", alice.Msrp.SessionPath, alice.Msrp.Path, "long", body));
        Bench.Msrp.Run();
        Assert.True(alice.Connection.IsPaused);
        Bench.Msrp.Run(Bench.Room.Options.Stall + TimeSpan.FromSeconds(2));
        Assert.Equal([body], bob.Hear());
        Assert.Equal(200, alice.Answer("abcd"));
        Assert.Equal($"{Carol} gone SlowReader", Bench.Events[^1]);
    }

    [Fact]
    public void WhenTheLaggardLeavesTheLongMessageGoesOnAtOnce()
    {
        var (alice, bob, carol) = JoinThree();
        carol.Connection.Block();
        var body = MsrpText.Cpim(Alice, RoomBench.Uri, new string('x', 1_000_000));
        alice.Connection.Receive(MsrpText.Send("abcd", alice.Msrp.SessionPath, alice.Msrp.Path, "long", body));
        Bench.Msrp.Run();
        carol.Member.Leave();
        Assert.Equal([body], bob.Hear());
    }

    [Fact]
    public void ASenderWhosePausedSessionEndsIsReadAgain()
    {
        var shared = Bench.Msrp.Connect();
        var (alice, other) = (Bench.Join(Alice, connection: shared), Bench.Join("sip:other@example.com", connection: shared));
        var carol = Bench.Join(Carol);
        carol.Connection.Block();
        shared.Receive(MsrpText.Send("abcd", alice.Msrp.SessionPath, alice.Msrp.Path, "long", MsrpText.Cpim(Alice, RoomBench.Uri, new string('x', 300_000))));
        Bench.Msrp.Run();
        Assert.True(shared.IsPaused);
        alice.Member.Leave();
        carol.Member.Leave();
        Bench.Msrp.Run();
        Assert.False(shared.IsPaused);
        shared.TakeOutput();
        Assert.Equal(200, other.Say("still here"));
    }
}
