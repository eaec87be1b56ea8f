using OmaIm.Protocols.Msrp;
using OmaIm.Switch.Relay;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Relay;

/// <summary>One side is slow, and the other's connection carries more than what is for it: nobody else waits (RFC 4975 section 5.4, RFC 4976).</summary>
[Trait("Section", "RFC 4975 5.4")]
public sealed class SlowSideTests : RelayTestBase
{
    private const int Chunk = 2048;

    // What both sides of a route may have on its way: as much as the server's own client.
    private static readonly int Window = MsrpBench.Options.ChunksInFlight;

    public SlowSideTests() => Bench = new RelayBench(loops: 2);

    /// <summary>Whether the session beside belongs to the loop of the connection that carries both.</summary>
    public static TheoryData<bool> Loops => [true, false];

    private static int Outbox => MsrpBench.Options.OutboxBytes;

    [Theory]
    [MemberData(nameof(Loops))]
    public void WhatIsTooMuchForItIsRefusedAndNobodyElseWaits(bool isSameLoop)
    {
        var (route, here, there) = Beside(isSameLoop);
        there.Connection.Block();
        var sent = Enumerable.Range(0, 1000).Select(i => Send(here, i)).ToList();
        Assert.Equal((false, 0), (Alice.Connection.IsPaused, Alice.Connection.UnreadInput));
        Assert.InRange(there.Connection.Backlog, 1, Outbox);
        var answers = Alice.Take();
        Relay("Msg99999", "the session beside");
        var refused = answers.Where(static answer => answer.StatusCode == 408).Select(static answer => answer.TransactionId).ToList();
        Assert.Equal(refused.Count, route.Loop.Statistics.Rejections(MsrpRejection.OtherSideSlow));
        Assert.All(answers, static answer => Assert.True(answer.StatusCode is 200 or 408));

        // What was not refused comes, in order, and is answered: some of it has been answered already.
        there.Connection.Unblock();
        Bench.Msrp.Run();
        Assert.Equal(sent.Except(refused), answers.Concat(Alice.Take()).Where(static answer => answer.StatusCode == 200).Select(static answer => answer.TransactionId));
        Assert.Equal(sent.Select(static (id, i) => (Id: id, Name: Name(i))).ExceptBy(refused, static one => one.Id).Select(static one => one.Name),
            there.Take().Select(static frame => frame.MessageId));
        Assert.InRange(refused.Count, 500, 1000);
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public void WhoWaitsForAnswersIsNeverRefused(bool isSameLoop)
    {
        var (_, here, there) = Beside(isSameLoop);
        there.Connection.Block();
        var (sent, answered) = (0, 0);
        var received = new List<string?>();
        var heard = new List<byte>();
        for (var turn = 0; received.Count < 500; turn++)
        {
            for (; sent < Math.Min(500, answered + Window); sent++)
            {
                Send(here, sent);
            }

            Assert.False(Alice.Connection.IsPaused);
            var answers = Alice.Take();
            Assert.All(answers, static answer => Assert.Equal(200, answer.StatusCode));
            answered += answers.Count;
            there.Connection.Unblock(50_000);
            Bench.Msrp.Run();
            Assert.InRange(there.Connection.Backlog, 0, Outbox);
            heard.AddRange(there.Connection.TakeOutput());
            var reading = MsrpReference.Read(heard.ToArray());
            heard.RemoveRange(0, heard.Count - reading.Unread);
            received.AddRange(reading.Frames.Select(static frame => frame.MessageId));
            Array.ForEach([.. reading.Frames], frame => there.Respond(frame));
            Assert.InRange(turn, 0, 100);
        }

        Assert.Equal(Enumerable.Range(0, 500).Select(Name), received);
    }

    [Fact]
    public void TwoConnectionsDoNotHoldEachOtherUp()
    {
        var (route, another) = (Bench.Create(), Bench.Create());
        MsrpPeer[] here = [Bench.Attach(route.First, Alice.Connection), Bench.Attach(another.First, Alice.Connection)];
        MsrpPeer[] there = [Bench.Attach(route.Second, Bob.Connection), Bench.Attach(another.Second, Bob.Connection)];
        Array.ForEach([.. here, .. there], RelayBench.Bind);
        Alice.Connection.Block();
        Bob.Connection.Block();
        for (var i = 0; i < 500; i++)
        {
            Send(here[i % 2], i);
            Send(there[i % 2], i);
        }

        // Each of them is read although nothing of it goes on.
        Assert.Equal((0, 0), (Alice.Connection.UnreadInput, Bob.Connection.UnreadInput));
        Alice.Connection.Unblock();
        Bob.Connection.Unblock();
        Alice.Take();
        Bob.Take();
        Relay("Msg99999", "hello");
    }

    [Fact]
    public void TheRestOfAMessageThatIsTooMuchIsRefusedAndItsBeginningForgotten()
    {
        var (_, here, there) = Beside();
        there.Connection.Block();
        for (var i = 0; i < 500; i++)
        {
            here.Send("Msg00001", new string('x', Chunk), $"{1 + (i * Chunk)}-{(i + 1) * Chunk}/{500 * Chunk}", i == 499 ? '$' : '+');
        }

        there.Connection.Unblock();
        var codes = Alice.Take().Select(static answer => answer.StatusCode).ToList();
        Assert.Equal(1, codes.Count(static code => code == 408));
        Assert.Equal(500, codes.Count);

        // What has waited is refused with the rest.
        var frames = there.Take();
        Assert.Equal('#', Assert.Single(frames, static frame => frame.Flag != '+').Flag);
        Assert.Equal(codes.Count(static code => code == 200), frames.Count(static frame => frame.Flag == '+'));
        Send(here, 2);
        Assert.Equal(Name(2), there.TakeOne().MessageId);
    }

    [Fact]
    public void ALongChunkGoesOnAsLongAsThereIsRoomAndIsRefusedThen()
    {
        var (_, here, there) = Beside();
        there.Connection.Block();
        here.Send("Msg00001", new string('x', 1_000_000));
        Assert.Equal(408, Alice.TakeOne().StatusCode);
        Assert.Equal((false, 0), (Alice.Connection.IsPaused, Alice.Connection.UnreadInput));
        there.Connection.Unblock();
        Assert.Equal('#', there.Take()[^1].Flag);
        here.Send("Msg00002", new string('x', 1_000_000));
        Assert.Equal(200, Alice.TakeOne().StatusCode);
        Assert.Equal(1_000_000, there.Take().Sum(static frame => frame.Body!.Length));
    }

    [Fact]
    [Trait("Section", "RFC 4976 5.1")]
    public void ARelaysConnectionIsReadOnAlthoughItCarriesOneSessionOnly()
    {
        const string Path = "msrp://198.51.100.9:1/relay;tcp msrp://198.51.100.7:9/behind;tcp";
        var route = Bench.Create();
        route.First.Session.RemotePath = Path;
        var here = new MsrpPeer(Bench.Msrp, route.First.Session, Bench.Msrp.Connect(), Path);
        var there = Bench.Attach(route.Second);
        RelayBench.Bind(here);
        RelayBench.Bind(there);
        there.Connection.Block();
        for (var i = 0; i < 500; i++)
        {
            Send(here, i);
        }

        Assert.Equal((false, 0), (here.Connection.IsPaused, here.Connection.UnreadInput));
        Assert.Contains(408, here.Take().Select(static answer => answer.StatusCode));
        Assert.False(there.Connection.IsClosed);
    }

    [Fact]
    public void ManyWhoSpeakToOneConnectionDoNotFillItTogether()
    {
        var (senders, shared) = (new List<MsrpPeer>(), Bob.Connection);
        for (var i = 0; i < 20; i++)
        {
            var route = Bench.Create();
            senders.Add(Bench.Attach(route.First, Alice.Connection));
            RelayBench.Bind(senders[i]);
            RelayBench.Bind(Bench.Attach(route.Second, shared));
        }

        shared.Block();
        for (var turn = 0; turn < 10; turn++)
        {
            // All of them at once, and each time that some of it is gone.
            Alice.Connection.Receive(string.Concat(senders.Select((sender, i) => MsrpText.Send(
                sender.NextId(), sender.SessionPath, sender.Path, Name((turn * 20) + i), new string('x', 18_000), contentType: "text/plain"))));
            Bench.Msrp.Run();
            Assert.False(Alice.Connection.IsPaused);
            shared.Unblock(turn % 2 == 0 ? 100_000 : long.MaxValue);
            Bench.Msrp.Run();
            shared.Block();
        }

        Assert.False(shared.IsClosed);
        shared.Unblock();
        Assert.Equal(Enumerable.Repeat(200, 200), Alice.Take().Select(static answer => answer.StatusCode));
        Assert.Equal(200, Bob.Take().Count(static frame => frame.Flag == '$'));
    }

    [Fact]
    public void WhoOwesTooManyAnswersIsWaitedFor()
    {
        using var bench = new RelayBench(new RelayOptions { MaximumUnanswered = 8 });
        var route = bench.Create(new RelayOptions { MaximumUnanswered = 8 });
        var (here, there) = (bench.Attach(route.First, bench.Alice.Connection), bench.Attach(route.Second));
        RelayBench.Bind(here);
        RelayBench.Bind(there);
        for (var i = 0; i < 20; i++)
        {
            here.Send(Name(i), "hello");
        }

        Assert.False(bench.Alice.Connection.IsPaused);
        var received = new List<string?>();
        for (var frames = there.Take(); frames.Count > 0; frames = there.Take())
        {
            Assert.InRange(frames.Count, 1, 8);
            received.AddRange(frames.Select(static frame => frame.MessageId));
            Array.ForEach([.. frames], frame => there.Respond(frame));
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(Name), received);
        Assert.Equal(20, bench.Alice.Take().Count(static answer => answer.StatusCode == 200));
    }

    [Fact]
    public void ReportsWithoutRoomAreDropped()
    {
        var (_, here, there) = Beside();
        there.Connection.Block();
        for (var i = 0; i < 3000; i++)
        {
            here.Request("REPORT", "Message-ID: Msg00001", "Status: 000 200 OK");
        }

        Assert.False(there.Connection.IsClosed);
        there.Connection.Unblock();
        Assert.InRange(there.Take().Count, 500, 2999);
    }

    private static string Name(int number) => $"Msg{number:d5}";

    private static string Send(MsrpPeer peer, int number) =>
        peer.Send(Name(number), new string('x', Chunk), $"1-{Chunk}/{Chunk}", contentType: "text/plain", headers: "Success-Report: yes");

    /// <summary>A session of Alice's on the connection that she has already, and its other side on one of its own.</summary>
    private (RelayRoute Route, MsrpPeer Here, MsrpPeer There) Beside(bool isSameLoop = true)
    {
        var route = Bench.Create();
        while (route.Loop == Bench.Route.Loop != isSameLoop)
        {
            route = Bench.Create();
        }

        var (here, there) = (Bench.Attach(route.First, Alice.Connection), Bench.Attach(route.Second));
        RelayBench.Bind(here);
        RelayBench.Bind(there);
        return (route, here, there);
    }
}
