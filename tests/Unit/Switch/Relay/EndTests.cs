using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Relay;

/// <summary>One side says goodbye: what it was answered for is not lost.</summary>
public sealed class EndTests : RelayTestBase
{
    private bool _isDrained;

    [Fact]
    public void TheOtherSideStillGetsWhatWaitsForItAndIsWaitedFor()
    {
        Bob.Connection.Block();
        Alice.Connection.Receive(string.Concat(Enumerable.Range(0, 10).Select(i =>
            MsrpText.Send(Alice.NextId(), Alice.SessionPath, Alice.Path, $"Msg{i:d5}", "hello", contentType: "text/plain"))));
        Assert.Equal(10, Alice.Take().Count(static frame => frame.StatusCode == 200));
        EndAlice();
        Assert.False(_isDrained);
        Bob.Connection.Unblock();
        Bench.Msrp.Run();
        var frames = Bob.Take();
        Assert.Equal(Enumerable.Range(0, 10).Select(static i => $"Msg{i:d5}"), frames.Select(static frame => frame.MessageId));
        foreach (var frame in frames)
        {
            Assert.False(_isDrained);
            Bob.Respond(frame);
        }

        Assert.True(_isDrained);
        Assert.Equal(["first bound", "second bound"], Bench.Events);
    }

    [Fact]
    public void WithNothingOnItsWayThereIsNothingToWaitFor()
    {
        Bob.Respond(Relay("Msg00001", "hello"));
        EndAlice();
        Assert.True(_isDrained);
    }

    [Fact]
    public void WhoNeverAnswersIsNotWaitedForLong()
    {
        Relay("Msg00001", "hello");
        EndAlice();
        Bench.Msrp.Run(TimeSpan.FromSeconds(3));
        Assert.False(_isDrained);
        Bench.Msrp.Run(TimeSpan.FromSeconds(3));
        Assert.True(_isDrained);
    }

    [Fact]
    public void WhoAnswersOneByOneIsWaitedFor()
    {
        var frames = Enumerable.Range(0, 5).Select(i => Relay($"Msg{i:d5}", "hello")).ToList();
        EndAlice();
        foreach (var frame in frames)
        {
            Bench.Msrp.Run(TimeSpan.FromSeconds(3));
            Assert.False(_isDrained);
            Bob.Respond(frame);
        }

        Assert.True(_isDrained);
    }

    [Fact]
    public void WhoTakesNothingIsWaitedForAsLongAsHisConnectionIs()
    {
        Bob.Connection.Block();
        Alice.Send("Msg00001", "hello");
        Bench.Msrp.Run();
        EndAlice();
        Bench.Msrp.Run(TimeSpan.FromSeconds(29));
        Assert.False(_isDrained);
        Bench.Msrp.Run(TimeSpan.FromSeconds(3));
        Assert.True(_isDrained);
    }

    [Fact]
    public void WhoIsGoneTooIsNotWaitedFor()
    {
        Relay("Msg00001", "hello");
        EndAlice();
        Bench.LoseBob();
        Assert.True(_isDrained);
    }

    [Fact]
    public void WhatTheOtherSideSaysToSomebodyWhoIsGoneHasFailed()
    {
        Bob.Send("Msg00001", "not answered");
        Assert.Equal(200, Bob.TakeOne().StatusCode);
        Alice.Take();
        EndAlice();
        IsReport(Bob.TakeOne(), "Msg00001", "1-12/*", 408);
        Bob.Send("Msg00002", "too late");
        Assert.Equal(408, Bob.TakeOne().StatusCode);
    }

    [Fact]
    public void WhoNeverCameLeavesNobodyWaiting()
    {
        using var bench = new RelayBench(binds: false);
        RelayBench.Bind(bench.Bob);
        bench.Route.End(bench.Route.First, () => _isDrained = true);
        bench.Msrp.Run();
        Assert.True(_isDrained);
        bench.Bob.Send("Msg00001", "is anybody there?", contentType: "text/plain");
        Assert.Equal(408, bench.Bob.TakeOne().StatusCode);
    }

    [Fact]
    public void AConnectionThatClosesFirstSendsWhatWaits()
    {
        Bob.Connection.Block();
        Alice.Send("Msg00001", "hello");
        Bench.Msrp.Run();
        Bench.Route.Close();
        Bench.Msrp.Run();
        Assert.False(Bob.Connection.IsClosed);
        Bob.Connection.Unblock();
        Bench.Msrp.Run();
        Assert.Equal("hello", Assert.Single(Bob.Connection.TakeFrames()).Body);
        Assert.True(Bob.Connection is { IsClosed: true, IsAborted: false });
    }

    [Fact]
    public void APeerThatTakesLittleByLittleIsNotWaitedForForEver()
    {
        Bob.Connection.Block();
        Alice.Send("Msg00001", new string('x', 1000));
        Bench.Msrp.Run();
        Bench.Route.Close();
        for (var second = 0; second < 29; second++)
        {
            Bob.Connection.Unblock(1);
            Bench.Msrp.Run(TimeSpan.FromSeconds(1));
            Assert.False(Bob.Connection.IsClosed);
        }

        Bob.Connection.Unblock(1);
        Bench.Msrp.Run(TimeSpan.FromSeconds(3));
        Assert.True(Bob.Connection.IsClosed);
    }

    private void EndAlice()
    {
        Bench.Route.End(Bench.Route.First, () => _isDrained = true);
        Bench.Msrp.Run();
    }
}
