using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Relay;

/// <summary>A leg is lost: what was on its way has failed, what comes later waits for the renewed leg or the end.</summary>
public sealed class LossTests : RelayTestBase
{
    [Fact]
    public void TheOwnerHearsOfBindingAndLoss()
    {
        Bench.LoseBob();
        Bench.RenewBob();
        Assert.Equal(["first bound", "second bound", "second lost PeerClosed", "second bound"], Bench.Events);
        Bench.Route.Close();
        Bench.Msrp.Run();
        Assert.Equal(4, Bench.Events.Count);
        Assert.True(Alice.Connection.IsClosed && Bob.Connection.IsClosed);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.2")]
    public void WhatWasNotAnsweredHasFailedOnceForEachMessage()
    {
        Relay("Msg00001", "hello", "1-5/15", '+');
        Relay("Msg00001", "world", "6-10/15", '+');
        Relay("Msg00001", "again", "11-15/15");
        Bob.Respond(Relay("Msg00002", "answered"));
        Alice.Send("Msg00003", "not asked", headers: "Failure-Report: partial");
        Alice.Send("Msg00004", "not asked", headers: "Failure-Report: no");
        Bob.Take();
        Relay("Msg00005", "whole");
        Bench.LoseBob();
        var reports = Alice.Take();
        Assert.Equal(2, reports.Count);
        IsReport(reports[0], "Msg00001", "1-15/15", 408);
        IsReport(reports[1], "Msg00005", "1-5/*", 408);
    }

    // As numbers of 32 bits these ranges would be negative.
    [Theory]
    [InlineData("1-5/5000000005", "5000000001-5000000005/5000000005")]
    [InlineData("5000000001-5000000005/5000000005", "1-5/5000000005")]
    public void WhatFailedMayBeLongerThanAnyChunk(string first, string second)
    {
        using var bench = new RelayBench(new OmaIm.Switch.Relay.RelayOptions { MaximumMessageSize = 10_000_000_000 });
        bench.Alice.Send("Msg00001", "hello", first, '+');
        bench.Alice.Send("Msg00001", "world", second);
        bench.Alice.Take();
        bench.LoseBob();
        IsReport(bench.Alice.Take()[0], "Msg00001", "1-5000000005/5000000005", 408);
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("partial", true)]
    [InlineData("no", false)]
    public void WhatWasHalfSentHasFailedAndItsRestIsRefused(string failureReport, bool isReported)
    {
        Alice.Send("Msg00001", "hello", "1-5/15", '+', headers: $"Failure-Report: {failureReport}");
        Alice.Take();
        Bench.LoseBob();
        var reports = Alice.Take();
        Assert.Equal(isReported ? 1 : 0, reports.Count);
        if (isReported)
        {
            IsReport(reports[0], "Msg00001", "1-5/15", 408);
        }

        Bench.RenewBob();
        Bob.Take();
        Alice.Send("Msg00001", "world", "6-10/15", '+');
        Assert.Equal(413, Alice.TakeOne().StatusCode);
        Assert.Empty(Bob.Take());
        Alice.Send("Msg00001", "again", "11-15/15");
        Alice.Take();
        Assert.Equal("1-5/5", Relay("Msg00001", "hello", "1-5/5").ByteRange);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1")]
    public void WhatALostSideHadBegunIsAborted()
    {
        Bob.Send("Msg00001", "hello", "1-5/15", '+', "text/plain");
        Bob.Send("Msg00002", "whole");
        Alice.Take();
        Bench.LoseBob();
        var abort = Alice.TakeOne();
        Assert.Equal(("SEND", '#', "Msg00001", "6-5/15"), (abort.Method, abort.Flag, abort.MessageId, abort.ByteRange));
        Bench.RenewBob();
        Bob.Send("Msg00001", "again", "1-5/5");
        Assert.Equal("again", Alice.TakeOne().Body);
    }

    [Fact]
    public void WhatIsSaidMeanwhileWaitsAndComesInOrder()
    {
        Bench.LoseBob();
        for (var i = 0; i < 150; i++)
        {
            Alice.Send($"Msg{i:d5}", new string('x', i * 100));
        }

        Assert.Empty(Alice.Take());
        Assert.True(Alice.Connection.UnreadInput > 400_000);
        Bench.RenewBob();
        Assert.Equal(150, Alice.Take().Count(static frame => frame.StatusCode == 200));
        var frames = Bob.Take().Where(static frame => !frame.IsResponse);
        Assert.Equal(Enumerable.Range(0, 150).Select(static i => $"Msg{i:d5}"), frames.Select(static frame => frame.MessageId));
    }

    [Fact]
    public void ALongChunkThatWasUnderWayIsRefusedInItsMiddle()
    {
        var bytes = MsrpText.Bytes(MsrpText.Send("abcd", Alice.SessionPath, Alice.Path, "Msg00001", new string('x', 200_000)));
        Alice.Connection.Receive(bytes.AsSpan(0, 100_000));
        Assert.NotEmpty(Bob.Take());
        Bench.LoseBob();
        Assert.Equal("REPORT", Alice.TakeOne().Method);
        Alice.Connection.Receive(bytes.AsSpan(100_000));
        Assert.Equal(413, Alice.TakeOne().StatusCode);
        Bench.RenewBob();
        Bob.Take();
        Relay("Msg00002", "goes on");
    }

    [Fact]
    public void ASessionThatIsRenewedAliveEndsWithoutAWord()
    {
        var former = Bob.Connection;
        Bench.Route.Second.Renew();
        Bench.Msrp.Run();
        Assert.True(former.IsClosed);
        Assert.Equal(["first bound", "second bound"], Bench.Events);
        Alice.Send("Msg00001", "hello");
        Assert.Empty(Alice.Take());
    }

    [Theory]
    [Trait("Section", "RFC 4975 5.4")]
    [InlineData(5)]
    [InlineData(100_000)]
    public void TheFirstMessageWaitsForTheOtherSide(int size)
    {
        using var bench = new RelayBench(binds: false);
        bench.Alice.Send("Msg00001", new string('x', size));
        bench.Alice.Send("Msg00002", "two");
        Assert.Empty(bench.Alice.Take());
        Assert.Equal(["first bound"], bench.Events);
        RelayBench.Bind(bench.Bob);
        Assert.Equal(2, bench.Alice.Take().Count(static frame => frame.StatusCode == 200));
        bench.Msrp.Run();
        Assert.Equal(["first bound", "second bound"], bench.Events);
    }

    [Fact]
    public void BothFirstMessagesComeThrough()
    {
        using var bench = new RelayBench(binds: false);
        bench.Alice.Send("Msg00001", "hello");
        bench.Bob.Send("Msg00002", "hello too");
        Assert.Contains("hello too", bench.Alice.Take().Select(static frame => frame.Body));
        Assert.Contains("hello", bench.Bob.Take().Select(static frame => frame.Body));
    }

    [Fact]
    public void AConnectionThatIsCutInsideAFrameIsALossToo()
    {
        Bob.Connection.Receive(MsrpText.Send("abcd", Bob.SessionPath, Bob.Path, "Msg00001", new string('x', 100_000))[..50_000]);
        Alice.Take();
        Bench.LoseBob();
        Assert.Equal('#', Alice.TakeOne().Flag);
        Assert.Equal("second lost Truncated", Bench.Events[^1]);
    }
}
