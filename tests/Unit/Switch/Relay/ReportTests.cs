using OmaIm.Switch.Relay;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Relay;

/// <summary>Reports of the receiver go through; refusals and silence become failure reports.</summary>
public sealed class ReportTests : RelayTestBase
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(33);

    [Theory]
    [Trait("Section", "RFC 4975 7.1.2")]
    [InlineData("000 200 OK")]
    [InlineData("000 413 Too much")]
    public void AReportTravelsEndToEnd(string status)
    {
        Relay("Msg00001", "hello", "1-5/5", headers: "Success-Report: yes");
        Bob.Request("REPORT", "Message-ID: Msg00001", "Byte-Range: 1-5/5", $"Status: {status}");
        Assert.Empty(Bob.Take());
        var report = Alice.TakeOne();
        Assert.Equal(("REPORT", "Msg00001", "1-5/5", status), (report.Method, report.MessageId, report.ByteRange, report["Status"]));
        Assert.Equal((Alice.Path, Alice.SessionPath), (report.ToPath, report.FromPath));
    }

    [Fact]
    public void AnAnswerWithAnInventedIdAnswersNothing()
    {
        var frame = Relay("Msg00001", "hello", "1-5/5");
        var invented = (frame.TransactionId[0] == '0' ? '1' : '0') + frame.TransactionId[1..];
        Bob.Connection.Receive(MsrpText.Response(invented, 200, Bob.SessionPath, Bob.Path));
        Bench.Msrp.Run(Patience);
        IsReport(Alice.TakeOne(), "Msg00001", "1-5/5", 408);
    }

    [Theory]
    [Trait("Section", "RFC 4975 7.1.2")]
    [InlineData("yes", 415, true)]
    [InlineData("yes", 200, false)]
    [InlineData("partial", 415, true)]
    [InlineData("partial", 200, false)]
    [InlineData("no", 415, false)]
    public void ARefusalBecomesAFailureReport(string failureReport, int code, bool isReported)
    {
        Alice.Send("Msg00001", "hello", "6-10/12", '+', headers: $"Failure-Report: {failureReport}");
        Alice.Take();
        Bob.Respond(Bob.TakeOne(), code);
        var reports = Alice.Take();
        Assert.Equal(isReported ? 1 : 0, reports.Count);
        if (isReported)
        {
            IsReport(reports[0], "Msg00001", "6-10/12", code);
        }

        Bench.Msrp.Run(Patience);
        Assert.Empty(Alice.Take());
    }

    [Theory]
    [Trait("Section", "RFC 4975 7.1.2")]
    [InlineData("yes", true)]
    [InlineData("partial", false)]
    [InlineData("no", false)]
    public void SilenceBecomesAFailureReport(string failureReport, bool isReported)
    {
        Alice.Send("Msg00001", "hello", "1-5/5", headers: $"Failure-Report: {failureReport}");
        Alice.Take();
        Bench.Msrp.Run(TimeSpan.FromSeconds(29));
        Assert.Empty(Alice.Take());
        Bench.Msrp.Run(Patience - TimeSpan.FromSeconds(29));
        var reports = Alice.Take();
        Assert.Equal(isReported ? 1 : 0, reports.Count);
        if (isReported)
        {
            IsReport(reports[0], "Msg00001", "1-5/5", 408);
        }
    }

    [Fact]
    public void AnAnswerThatComesTooLateChangesNothing()
    {
        var frame = Relay("Msg00001", "hello");
        Bench.Msrp.Run(Patience);
        IsReport(Alice.TakeOne(), "Msg00001", "1-5/*", 408);
        Bob.Respond(frame, 415);
        Assert.Empty(Alice.Take());
    }

    [Fact]
    public void AnswersInAnyOrderAreUnderstood()
    {
        var frames = Enumerable.Range(0, 10).Select(i => Relay($"Msg{i:d5}", "hello")).ToList();
        foreach (var i in new[] { 3, 9, 0, 1, 5, 4, 2, 8, 7 })
        {
            Bob.Respond(frames[i], i == 5 ? 400 : 200);
        }

        IsReport(Alice.TakeOne(), "Msg00005", "1-5/*", 400);
        Bench.Msrp.Run(Patience);
        IsReport(Alice.TakeOne(), "Msg00006", "1-5/*", 408);
    }

    [Theory]
    [Trait("Section", "RFC 4975 7.2")]
    [InlineData(481)]
    [InlineData(506)]
    public void APeerWhoHasNoSuchSessionIsLost(int code)
    {
        Bob.Respond(Relay("Msg00001", "hello"), code);
        IsReport(Alice.TakeOne(), "Msg00001", "1-5/*", code);
        Assert.Equal("second lost SessionRefused", Bench.Events[^1]);
    }

    [Fact]
    public void AnswersThatAreUnderWayWhileASideIsNotReadAreNotMissing()
    {
        Relay("Msg00001", "hello");
        Alice.Connection.Block();
        Bob.Send("Msg00002", new string('x', 1000));
        Assert.True(Bob.Connection.IsPaused);
        for (var i = 0; i < 5; i++)
        {
            // She takes a little all the time, and is not cut off.
            Alice.Connection.Unblock(100);
            Bench.Msrp.Run(TimeSpan.FromSeconds(15));
        }

        Alice.Connection.Unblock();
        Assert.DoesNotContain(Alice.Take(), static frame => frame.Method == "REPORT");
        Bench.Msrp.Run(Patience);
        IsReport(Alice.TakeOne(), "Msg00001", "1-5/*", 408);
    }

    [Fact]
    public void WhoAnswersNothingIsSentNoMoreThanHeMayOwe()
    {
        using var bench = new RelayBench(new RelayOptions { MaximumUnanswered = 8 });
        for (var i = 0; i < 20; i++)
        {
            bench.Alice.Send($"Msg{i:d5}", "hello");
        }

        var frames = bench.Bob.Take();
        Assert.Equal(8, frames.Count);
        bench.Bob.Respond(frames[0]);
        Assert.Equal("Msg00008", bench.Bob.TakeOne().MessageId);
        bench.Msrp.Run(Patience);
        Assert.Equal(8, bench.Alice.Take().Count(static frame => frame.Method == "REPORT"));
        Assert.Equal(8, bench.Bob.Take().Count);
    }

    [Fact]
    public void TwoWhoSayMuchAtOnceBeforeTheyAnswerDoNotWaitForEachOther()
    {
        using var bench = new RelayBench(new RelayOptions { MaximumUnanswered = 8 });
        for (var i = 0; i < 20; i++)
        {
            bench.Alice.Send($"Msg{i:d5}", "hello");
            bench.Bob.Send($"Msg{i:d5}", "hi");
        }

        foreach (var peer in (MsrpPeer[])[bench.Alice, bench.Bob])
        {
            for (var frames = peer.Take().Where(static frame => frame.Method == "SEND").ToList(); frames.Count > 0;)
            {
                frames.ForEach(frame => peer.Respond(frame));
                frames = [.. peer.Take().Where(static frame => frame.Method == "SEND")];
            }
        }

        bench.Msrp.Run(Patience);
        Assert.Equal((0, 0), (bench.Alice.Connection.UnreadInput, bench.Bob.Connection.UnreadInput));
        Assert.Equal((false, false), (bench.Alice.Connection.IsPaused, bench.Bob.Connection.IsPaused));
        Assert.DoesNotContain(bench.Alice.Take(), static frame => frame.Method == "REPORT");
    }

    [Fact]
    public void OneConnectionThatCarriesBothSidesIsReadHoweverMuchItOwes()
    {
        using var bench = new RelayBench();
        var route = bench.Create();
        var (here, there) = (bench.Attach(route.First, bench.Alice.Connection), bench.Attach(route.Second, bench.Alice.Connection));
        RelayBench.Bind(here);
        RelayBench.Bind(there);
        for (var i = 0; i < 2 * new RelayOptions().MaximumUnanswered; i++)
        {
            here.Send($"Msg{i:d5}", "hello");
        }

        Assert.Equal((false, 0), (bench.Alice.Connection.IsPaused, bench.Alice.Connection.UnreadInput));
    }

    [Fact]
    public void WhoIsAskedForErrorsOnlyOwesNothing()
    {
        using var bench = new RelayBench(new RelayOptions { MaximumUnanswered = 8 });
        var sent = Enumerable.Range(0, 20).Select(i => bench.Alice.Send($"Msg{i:d5}", "hello", headers: "Failure-Report: partial")).ToList();
        var frames = bench.Bob.Take();
        Assert.Equal(sent.Count, frames.Count);
        bench.Bob.Respond(frames[0], 400);
        bench.Bob.Respond(frames[^1], 400);
        IsReport(bench.Alice.TakeOne(), "Msg00019", "1-5/*", 400);
    }
}
