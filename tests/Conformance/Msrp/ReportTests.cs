using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Conformance.Msrp;

/// <summary>Answers and reports (RFC 4975 sections 7.1.2 and 7.2).</summary>
public sealed class ReportTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Theory]
    [InlineData(null, 200)]
    [InlineData("Failure-Report: yes", 200)]
    [InlineData("Failure-Report: partial", 0)]
    [InlineData("Failure-Report: no", 0)]
    [Trait("Section", "RFC 4975 7.2")]
    public async Task AGoodRequestIsAnsweredUnlessItsSenderDoesNotWantIt(string? header, int status) =>
        Assert.Equal(status, await AnswerAsync(header, "message/cpim"));

    [Theory]
    [InlineData(null, 415)]
    [InlineData("Failure-Report: yes", 415)]
    [InlineData("Failure-Report: partial", 415)]
    [InlineData("Failure-Report: no", 0)]
    [Trait("Section", "RFC 4975 7.2")]
    public async Task ABadRequestIsAnsweredUnlessItsSenderWantsNothing(string? header, int status) =>
        Assert.Equal(status, await AnswerAsync(header, "image/png"));

    [Fact]
    [Trait("Section", "RFC 4975 7.2")]
    public async Task AnAnswerHasTheIdOfItsRequestAndGoesBackByThePaths()
    {
        await using var bob = await lobby.JoinAsync("bob");
        await bob.SayAsync("back1", Lobby.Cpim("bob", "and back"));
        var answer = await bob.Msrp.AnswerAsync("back1");
        Assert.Equal((bob.Msrp.From, bob.Msrp.To, '$'), (answer.ToPath, answer.FromPath, answer.Flag));
        Assert.Null(answer.Body);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.2")]
    public async Task ASuccessReportNamesMessageRangeAndStatus()
    {
        await using var bob = await lobby.JoinAsync("bob");
        var cpim = Lobby.Cpim("bob", "report on this");
        await bob.SayAsync("succ1", cpim, "message/cpim", "Success-Report: yes");
        var report = await bob.Msrp.RequestAsync("REPORT");
        Assert.Equal(("Msgsucc1", $"1-{cpim.Length}/{cpim.Length}"), (report.MessageId, report.ByteRange));
        Assert.StartsWith("000 200", report["Status"], StringComparison.Ordinal);
        Assert.Null(report["Success-Report"] ?? report["Failure-Report"]);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.2")]
    public async Task ASuccessReportComesForTheWholeMessageAndNotForItsFirstChunk()
    {
        await using var bob = await lobby.JoinAsync("bob");
        var cpim = Lobby.Cpim("bob", new string('w', 3000));
        await bob.Msrp.SendAsync(MsrpText.Send("part1", bob.Msrp.To, bob.Msrp.From, "Msgw", cpim[..2048], $"1-2048/{cpim.Length}", '+', headers: "Success-Report: yes"));
        await bob.Msrp.FlushAsync();
        Assert.DoesNotContain(bob.Msrp.Received, static frame => frame.Method == "REPORT");
        await bob.Msrp.SendAsync(MsrpText.Send("part2", bob.Msrp.To, bob.Msrp.From, "Msgw", cpim[2048..], $"2049-{cpim.Length}/{cpim.Length}", headers: "Success-Report: yes"));
        Assert.Equal($"1-{cpim.Length}/{cpim.Length}", (await bob.Msrp.RequestAsync("REPORT")).ByteRange);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.2")]
    public async Task NoSuccessReportIsMadeUnasked()
    {
        await using var bob = await lobby.JoinAsync("bob");
        await bob.SayAsync("nore1", Lobby.Cpim("bob", "no report"), "message/cpim", "Success-Report: no");
        await bob.Msrp.FlushAsync();
        Assert.DoesNotContain(bob.Msrp.Received, static frame => frame.Method == "REPORT");
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.2")]
    public async Task AReportIsNeverAnsweredNotEvenAnUnknownOne()
    {
        await using var bob = await lobby.JoinAsync("bob");
        await bob.Msrp.SendAsync(MsrpText.Request("REPORT", "repo1", bob.Msrp.To, bob.Msrp.From, "Message-ID: Msgunknown", "Byte-Range: 1-1/1", "Status: 000 200 OK"));
        await bob.Msrp.FlushAsync();
        Assert.DoesNotContain(bob.Msrp.Received, static frame => frame.TransactionId == "repo1");
    }

    /// <summary>The status that a request got; 0 when there was no answer in front of that to the next one.</summary>
    private async Task<int> AnswerAsync(string? header, string contentType)
    {
        await using var bob = await lobby.JoinAsync("bob");
        await bob.SayAsync("matrix1", Lobby.Cpim("bob", "in the matrix"), contentType, header is null ? [] : [header]);
        await bob.Msrp.FlushAsync();
        return bob.Msrp.Received.FirstOrDefault(static frame => frame.TransactionId == "matrix1")?.StatusCode ?? 0;
    }
}
