using System.Net;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Interop.Quirks;

/// <summary>How clients in the field answer MSRP, and what they need in what they are sent.</summary>
public sealed class MsrpAnswerTests(QuirkRoom room) : IClassFixture<QuirkRoom>
{
    [Fact]
    [Trait("Section", "RFC 4975 7.1.2")]
    public async Task RcsjtaAndBogheAnswer200ToAReportWhichIsSwallowed()
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance);
        await dave.SayAsync("repo1", QuirkClient.Cpim("reported"), "message/cpim", "Success-Report: yes");
        await dave.Msrp.RespondAsync(await dave.Msrp.RequestAsync("REPORT"));
        await dave.Msrp.FlushAsync();
        await room.HearsAsync("reported");
        Assert.Contains(await room.SaysAsync(), (await dave.Msrp.MessageAsync()).Body!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FreeSWITCH puts the whole From-Path into To-Path", "MSRP {id} 200 OK\r\nTo-Path: {its} {its}\r\nFrom-Path: {own}\r\n-------{id}$\r\n")]
    [InlineData("OpenSIPS leaves out the phrase", "MSRP {id} 200\r\nTo-Path: {its}\r\nFrom-Path: {own}\r\n-------{id}$\r\n")]
    [InlineData("some swap the paths", "MSRP {id} 200 OK\r\nTo-Path: {own}\r\nFrom-Path: {its}\r\n-------{id}$\r\n")]
    [InlineData("rcsjta writes a number for a phrase", "MSRP {id} 413 413\r\nTo-Path: {its}\r\nFrom-Path: {own}\r\n-------{id}$\r\n")]
    [Trait("Section", "RFC 4975 7.2")]
    public async Task AnOddAnswerDoesNotEndTheSession(string quirk, string answer)
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance);
        for (var i = 0; i < 2; i++)
        {
            var said = await room.SaysAsync();
            var frame = await dave.Msrp.MessageAsync();
            Assert.True(frame.Body!.Contains(said, StringComparison.Ordinal), quirk);
            await dave.Msrp.SendAsync(answer.Replace("{id}", frame.TransactionId, StringComparison.Ordinal)
                .Replace("{its}", frame.FromPath, StringComparison.Ordinal).Replace("{own}", frame.ToPath, StringComparison.Ordinal));
        }

        await dave.Msrp.FlushAsync();
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.2")]
    public async Task RcsjtaReportsAFailureInNumbers()
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance);
        await room.SaysAsync();
        var frame = await dave.Msrp.MessageAsync();
        await dave.Msrp.SendAsync(MsrpText.Request(
            "REPORT", "repo1", dave.Msrp.To, dave.Msrp.From, "Message-ID: " + frame.MessageId, "Byte-Range: 1-*/*", "Status: 000 413 413"));
        await dave.Msrp.FlushAsync();
    }

    [Fact]
    [Trait("Section", "RFC 4975 5.4")]
    public async Task MsrplibBothEndsThinkThatTheyAreActiveAndTheirEmptySendsCross()
    {
        await using var dave = await QuirkClient.ListeningAsync(room.Appliance);
        await dave.Msrp.SendAsync(MsrpText.Request("SEND", "cross1", dave.Msrp.To, dave.Msrp.From, "Message-ID: Msgcross"));
        var ours = await dave.Msrp.RequestAsync("SEND");
        Assert.Null(ours.Body);
        Assert.Equal("1-0/0", ours.ByteRange);
        await dave.Msrp.RespondAsync(ours);
        Assert.Equal(200, await dave.StatusAsync("cross1"));
        await dave.SayAsync("say1", QuirkClient.Cpim("crossed"));
        await room.HearsAsync("crossed");
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.1")]
    public async Task RcsjtaLooksHeadersUpInTheirOwnCaseAndReadsTheBodyByItsRange()
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance);
        await room.SaysAsync();
        var frame = await dave.Msrp.MessageAsync();
        Assert.Equal(["To-Path", "From-Path", "Message-ID", "Byte-Range"], frame.Headers.Take(4).Select(static header => header.Name));
        Assert.Equal("Content-Type", frame.Headers[^1].Name);

        // Never "*" where the length is known: rcsjta and FreeSWITCH take it for a number.
        Assert.Equal($"1-{frame.Body!.Length}/{frame.Body.Length}", frame.ByteRange);
    }

    [Fact]
    [Trait("Section", "RFC 3862 2.1")]
    public async Task RcsjtaFindsTwoBlankLinesMadeOfCrlfAndNoNulBehindTheText()
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance);
        var said = await room.SaysAsync();
        var parts = (await dave.Msrp.MessageAsync()).Body!.Split("\r\n\r\n");
        Assert.Equal(3, parts.Length);
        Assert.Contains("From: ", parts[0], StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/plain", parts[1], StringComparison.Ordinal);
        Assert.Equal(said, parts[2]);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.1")]
    public async Task The2026ClientWantsAllChunksInOrderWithOneTotalAndAtMost2048BytesEach()
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance);
        await room.Alice.SendAsync(new string('x', 6000));
        var frames = new List<MsrpWireFrame>();
        do
        {
            frames.Add(await dave.Msrp.MessageAsync());
        }
        while (frames[^1].Flag == '+');
        var total = frames.Sum(static frame => frame.Body!.Length);
        var at = 0;
        Assert.All(frames, frame =>
        {
            Assert.Equal(frames[0].MessageId, frame.MessageId);
            Assert.InRange(frame.Body!.Length, 1, 2048);
            Assert.Equal($"{at + 1}-{at += frame.Body.Length}/{total}", frame.ByteRange);
        });
    }

    [Fact]
    [Trait("Section", "RFC 4975 5.4")]
    public async Task ASecondConnectionWithTheRightSessionIsTurnedAway()
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance);
        await using var second = await WireMsrp.ConnectAsync((IPEndPoint)dave.Msrp.Remote);
        await second.SendAsync(MsrpText.Request("SEND", "again1", dave.Msrp.To, dave.Msrp.From, "Message-ID: Msgagain"));
        Assert.Equal(506, (await second.AnswerAsync("again1")).StatusCode);
        await dave.Msrp.FlushAsync();
    }
}
