using System.Net;
using OmaIm.Load.Measuring;
using OmaIm.Load.Neighbours;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Neighbours;

public sealed class FanOutTests : IDisposable
{
    private FanOut? _fanOut;

    public void Dispose() => _fanOut?.Loop.Dispose();

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    public void AMessageThatAllHaveMakesRoomForTheNext(bool hearsItself, int receivers)
    {
        var (fanOut, sessions) = Create(new NeighbourPlan { Server = Nowhere, Members = 3, Window = 3 }, hearsItself);
        fanOut.Start();
        fanOut.Loop.Turn!();
        Assert.Equal(3, sessions[0].Said.Count);

        foreach (var session in sessions.TakeLast(receivers))
        {
            fanOut.Loop.Turn();
            Assert.Equal(3, sessions[0].Said.Count);
            fanOut.Take(session, sessions[0].Said[0]);
        }

        fanOut.Loop.Turn();
        Assert.Equal((4, receivers, (long)receivers), (sessions[0].Said.Count, fanOut.Latencies.Count, fanOut.Deliveries));
        Assert.Equal(new Faults(), fanOut.Faults);
    }

    [Fact]
    public void WhatDoesNotComeIsMissing()
    {
        var (fanOut, sessions) = Create(new NeighbourPlan { Server = Nowhere, Members = 3, Senders = 2 }, hearsItself: false);
        fanOut.Start();
        fanOut.Loop.Turn!();
        fanOut.Take(sessions[1], sessions[0].Said[0]);
        fanOut.Take(sessions[2], sessions[0].Said[0]);
        fanOut.Take(sessions[0], sessions[1].Said[0]);

        fanOut.CountMissing();

        Assert.Equal(new Faults { Missing = 1 }, fanOut.Faults);
        Assert.False(fanOut.IsQuiet);
    }

    [Fact]
    public void WhatShouldNotComeIsCountedByItsKind()
    {
        var (fanOut, sessions) = Create(new NeighbourPlan { Server = Nowhere, Topics = 2, Members = 2 }, hearsItself: false);
        fanOut.Start();
        fanOut.Loop.Turn!();
        var text = sessions[2].Said[0];

        fanOut.Take(sessions[3], text);
        fanOut.Take(sessions[3], text); // again
        fanOut.Take(sessions[2], text); // to its sender
        fanOut.Take(sessions[1], text); // to the other topic
        fanOut.Take(sessions[3], text.AsSpan()[..^1]);
        fanOut.Take(sessions[3], [.. text[..^1], (byte)'?']);
        fanOut.CountMissing();

        Assert.Equal(new Faults { Doubled = 1, Strayed = 2, Damaged = 2, Missing = 1 }, fanOut.Faults);
        Assert.Equal(1, fanOut.Deliveries);
    }

    [Fact]
    public void WhoWasLostMissesNothingMore()
    {
        var (fanOut, sessions) = Create(new NeighbourPlan { Server = Nowhere, Members = 2 }, hearsItself: false);
        fanOut.Start();
        fanOut.Loop.Turn!();

        sessions[1].OnClosed("gone");
        fanOut.CountMissing();

        Assert.Equal(new Faults { Lost = 1 }, fanOut.Faults);
    }

    private static IPEndPoint Nowhere => new(IPAddress.Loopback, 9);

    private (FanOut FanOut, IReadOnlyList<SilentSession> Sessions) Create(NeighbourPlan plan, bool hearsItself)
    {
        Assert.All(plan.Rules, rule => Assert.True(rule.Holds, rule.Otherwise));
        var fanOut = _fanOut = new FanOut(plan);
        SilentSession[] sessions = [.. Enumerable.Range(0, plan.Topics * plan.Members)
            .Select(number => new SilentSession(new NeighbourSeat(number, number / plan.Members, fanOut), hearsItself))];
        Array.ForEach(sessions, fanOut.Add);
        return (fanOut, sessions);
    }
}
