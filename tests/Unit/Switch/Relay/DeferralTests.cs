using OmaIm.Protocols.Msrp;
using OmaIm.Switch.Relay;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Relay;

/// <summary>One side is not there, not yet or not any more: what the other says waits, but nobody else with it.</summary>
public sealed class DeferralTests : RelayTestBase
{
    private const int Large = 15_000;

    public DeferralTests() => Bench = new RelayBench(loop: MsrpBench.Options with { DeferredBytes = 64 * 1024 }, loops: 2);

    /// <summary>Whether the session beside belongs to the loop of the connection that carries both.</summary>
    public static TheoryData<bool> Loops => [true, false];

    [Theory]
    [MemberData(nameof(Loops))]
    public void OtherSessionsOfTheConnectionGoOn(bool isSameLoop)
    {
        var (route, here) = Beside(isSameLoop);
        here.Send("Msg00001", "early", headers: "Success-Report: yes");
        Assert.Empty(Alice.Take());
        Relay("Msg00002", "the session beside");

        var there = Bench.Attach(route.Second);
        there.Bind();
        Assert.Equal("early", there.Take()[^1].Body);
        Assert.Equal(200, Alice.TakeOne().StatusCode);
        here.Send("Msg00003", "in time");
        Assert.Equal("in time", there.TakeOne().Body);
    }

    [Theory]
    [MemberData(nameof(Loops))]
    [Trait("Section", "RFC 4975 10.4")]
    public void WhatIsTooMuchToKeepIsRefused(bool isSameLoop)
    {
        var (route, here) = Beside(isSameLoop);
        var sent = Enumerable.Range(0, 6).Select(i => here.Send($"Msg{i:d5}", new string('x', Large))).ToList();
        Assert.Equal([(408, sent[4]), (408, sent[5])], Alice.Take().Select(static answer => (answer.StatusCode, answer.TransactionId)));
        Assert.Equal((false, 0), (Alice.Connection.IsPaused, Alice.Connection.UnreadInput));
        Assert.Equal(2, route.Loop.Statistics.Rejections(MsrpRejection.OtherSideAbsent));

        var there = Bench.Attach(route.Second);
        there.Bind();
        Assert.Equal(["Msg00000", "Msg00001", "Msg00002", "Msg00003"], there.Take().Where(static frame => !frame.IsResponse).Select(static frame => frame.MessageId));
        Assert.Equal(sent.Take(4), Alice.Take().Select(static answer => answer.TransactionId));
    }

    [Fact]
    public void OfAMessageThatIsRefusedNothingComes()
    {
        var (route, here) = Beside();
        for (var i = 0; i < 5; i++)
        {
            here.Send("Msg00001", new string('x', Large), $"{1 + (i * Large)}-{(i + 1) * Large}/{6 * Large}", '+');
        }

        Assert.Equal(408, Alice.TakeOne().StatusCode);
        var there = Bench.Attach(route.Second);
        RelayBench.Bind(there);
        here.Send("Msg00001", new string('x', Large), $"{1 + (5 * Large)}-{6 * Large}/{6 * Large}");
        Assert.All(Alice.Take(), static answer => Assert.Equal(413, answer.StatusCode));
        Assert.Empty(there.Take());
        here.Send("Msg00001", "again");
        Assert.Equal("again", there.TakeOne().Body);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void OfAMessageWhoseEndIsRefusedWhileItsBeginningWaitsNothingComes(int chunksBefore)
    {
        var (route, here) = Beside();
        var total = (chunksBefore + 1) * Large;
        for (var i = 0; i <= chunksBefore; i++)
        {
            here.Send("Msg00001", new string('x', Large), $"{1 + (i * Large)}-{(i + 1) * Large}/{total}", i == chunksBefore ? '$' : '+');
        }

        Assert.Equal(408, Alice.Take()[0].StatusCode);
        var there = Bench.Attach(route.Second);
        there.Bind();
        Assert.DoesNotContain(there.Take(), static frame => !frame.IsResponse);
        Assert.Equal([413, 413, 413, 413], Alice.Take().Select(static answer => answer.StatusCode));
    }

    [Fact]
    public void WhatWaitsForItsTurnIsNotTornApart()
    {
        using var bench = new RelayBench(loop: MsrpBench.Options with { DrainBytes = 64 * 1024 }, binds: false);
        RelayBench.Bind(bench.Alice);
        for (var i = 0; i < 3; i++)
        {
            bench.Alice.Send($"Msg{i:d5}", new string('x', 50_000), contentType: "text/plain");
        }

        Assert.Empty(bench.Alice.Take());
        bench.Bob.Bind();
        var frames = bench.Bob.Take().Where(static frame => !frame.IsResponse).ToList();
        Assert.Equal(["Msg00000", "Msg00001", "Msg00002"], frames.Where(static frame => frame.Flag == '$').Select(static frame => frame.MessageId));
        Assert.Equal(150_000, frames.Sum(static frame => frame.Body!.Length));
        Assert.Equal([200, 200, 200], bench.Alice.Take().Select(static answer => answer.StatusCode));
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.2")]
    public void WhatHasWaitedAndIsRefusedLeavesALongFrameBesideItRefusedOnce()
    {
        var options = new RelayOptions { MaximumMessageSize = 10_000 };
        using var bench = new RelayBench(options);
        var route = bench.Create(options);
        var here = bench.Attach(route.First, bench.Alice.Connection);
        RelayBench.Bind(here);
        here.Send("Msg00001", new string('x', 11_000), contentType: "text/plain");
        Assert.Empty(here.Take());
        var alice = bench.Alice;
        var frame = MsrpText.Send(alice.NextId(), alice.SessionPath, alice.Path, "Msg00002", new string('x', 60_000), contentType: "text/plain");
        alice.Connection.Receive(frame[..30_000]);
        Assert.Equal(413, alice.TakeOne().StatusCode);
        RelayBench.Bind(bench.Attach(route.Second));
        Assert.Equal(413, here.TakeOne().StatusCode);
        alice.Connection.Receive(frame[30_000..]);
        Assert.Empty(alice.Take());
    }

    [Fact]
    public void AChunkThatComesInPiecesIsRefusedAtItsBeginning()
    {
        var (route, here) = Beside();
        here.Send("Msg00001", new string('x', 300_000));
        Assert.Equal(408, Alice.TakeOne().StatusCode);
        Relay("Msg00002", "the session beside");
        var there = Bench.Attach(route.Second);
        RelayBench.Bind(there);
        Assert.Empty(there.Take());
    }

    [Fact]
    public void WhatWaitsIsForgottenWithItsSession()
    {
        var (route, here) = Beside();
        here.Send("Msg00001", "early");
        route.Close();
        Relay("Msg00002", "the session beside");
        Assert.Empty(Alice.Take());
    }

    [Fact]
    public void ASideThatIsLostAgainLeavesItWaiting()
    {
        var (route, here) = Beside();
        var there = Bench.Attach(route.Second);
        RelayBench.Bind(there);
        there.Connection.EndInput();
        Bench.Msrp.Run();
        here.Send("Msg00001", "late");
        route.Second.Renew();
        there = Bench.Attach(route.Second);
        there.Connection.Receive(MsrpText.Request("SEND", there.NextId(), there.SessionPath, there.Path, "Message-ID: bind0001"));
        there.Connection.EndInput();
        Bench.Msrp.Run();
        route.Second.Renew();
        there = Bench.Attach(route.Second);
        there.Bind();
        here.Send("Msg00002", "later");
        Assert.Equal("later", there.Take()[^1].Body);
    }

    [Fact]
    [Trait("Section", "RFC 4976 5.1")]
    public void ARelaysConnectionIsReadOnAlthoughItCarriesOneSessionOnly()
    {
        const string Path = "msrp://198.51.100.9:1/relay;tcp msrp://198.51.100.7:9/behind;tcp";
        var route = Bench.Create();
        route.First.Session.RemotePath = Path;
        var here = new MsrpPeer(Bench.Msrp, route.First.Session, Bench.Msrp.Connect(), Path);
        RelayBench.Bind(here);
        here.Send("Msg00001", new string('x', 300_000));
        Assert.Equal(408, here.TakeOne().StatusCode);
        Assert.False(here.Connection.IsPaused);
    }

    [Fact]
    public void OneConnectionMayCarryBothSides()
    {
        var route = Bench.Create();
        var here = Bench.Attach(route.First);
        RelayBench.Bind(here);
        here.Send("Msg00001", "to myself");
        var there = Bench.Attach(route.Second, here.Connection);
        there.Bind();
        Assert.Contains("to myself", here.Take().Select(static frame => frame.Body));
    }

    /// <summary>A session of Alice's on the connection that she has already; its other side is not there.</summary>
    private (RelayRoute Route, MsrpPeer Here) Beside(bool isSameLoop = true)
    {
        var route = Bench.Create();
        while (route.Loop == Bench.Route.Loop != isSameLoop)
        {
            route = Bench.Create();
        }

        var here = Bench.Attach(route.First, Alice.Connection);
        RelayBench.Bind(here);
        return (route, here);
    }
}
