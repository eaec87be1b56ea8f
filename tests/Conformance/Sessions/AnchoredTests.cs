using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Sessions;

/// <summary>The messages of a one-to-one session that the server carries from side to side.</summary>
public sealed class AnchoredTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Fact]
    [Trait("Section", "RFC 4975 7.1")]
    public async Task AMessageKeepsItsIdItsTypeAndItsBytes()
    {
        await using var pair = await OpenAsync();
        await pair.Caller.SayAsync("keep1", "to bob", "text/plain;charset=UTF-8");
        var message = await pair.Callee.Msrp.MessageAsync();
        Assert.Equal(("Msgkeep1", "text/plain;charset=UTF-8", "to bob"), (message.MessageId, message["Content-Type"], message.Body));
        Assert.Equal((pair.Callee.Msrp.From, pair.Callee.Msrp.To), (message.ToPath, message.FromPath));
        Assert.Equal(200, await pair.Caller.StatusAsync("keep1"));
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.2")]
    public async Task TheHopAnswersAtOnceThoughTheOtherSideSaysNothing()
    {
        await using var pair = await OpenAsync();
        for (var i = 0; i < 5; i++)
        {
            await pair.Caller.SayAsync($"once{i}", $"message {i}", "text/plain");
            Assert.Equal(200, await pair.Caller.StatusAsync($"once{i}"));
        }
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.2")]
    public async Task ASuccessReportComesFromTheRecipientAndFromNobodyBefore()
    {
        await using var pair = await OpenAsync();
        await pair.Caller.SayAsync("repo1", "reported", "text/plain", "Success-Report: yes");
        var message = await pair.Callee.Msrp.MessageAsync();
        Assert.Equal("yes", message["Success-Report"]);
        await pair.Callee.Msrp.RespondAsync(message);
        await pair.Caller.Msrp.FlushAsync();
        Assert.DoesNotContain(pair.Caller.Msrp.Received, static frame => frame.Method == "REPORT");

        await pair.Callee.Msrp.SendAsync(MsrpText.Request(
            "REPORT", "bob1", message.FromPath, message.ToPath, "Message-ID: " + message.MessageId, "Byte-Range: 1-8/8", "Status: 000 200 OK"));
        var report = await pair.Caller.Msrp.RequestAsync("REPORT");
        Assert.Equal(("Msgrepo1", "1-8/8"), (report.MessageId, report.ByteRange));
        Assert.StartsWith("000 200", report["Status"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 4976 6.4")]
    public async Task ARefusalOfTheRecipientBecomesAFailureReport()
    {
        await using var pair = await OpenAsync();
        await pair.Caller.SayAsync("fail1", "refused", "image/png");
        await pair.Callee.Msrp.RespondAsync(await pair.Callee.Msrp.MessageAsync(), 415);
        var report = await pair.Caller.Msrp.RequestAsync("REPORT");
        Assert.Equal("Msgfail1", report.MessageId);
        Assert.StartsWith("000 415", report["Status"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.1")]
    public async Task ALongMessageArrivesInChunksThatJoin()
    {
        await using var pair = await OpenAsync();
        var body = string.Concat(Enumerable.Range(0, 2000).Select(static i => $"{i} "));
        await pair.Callee.SayAsync("long1", body, "text/plain");
        var received = "";
        MsrpWireFrame frame;
        do
        {
            frame = await pair.Caller.Msrp.MessageAsync();
            Assert.StartsWith($"{received.Length + 1}-", frame.ByteRange, StringComparison.Ordinal);
            received += frame.Body;
            await pair.Caller.Msrp.RespondAsync(frame);
        }
        while (frame.Flag == '+');
        Assert.Equal(body, received);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.1")]
    public async Task SignsOfLifeGoNoFurther()
    {
        await using var pair = await OpenAsync();
        await pair.Caller.Msrp.FlushAsync();
        await pair.Caller.SayAsync("next1", "behind them", "text/plain");
        Assert.Equal("behind them", (await pair.Callee.Msrp.NextAsync(static frame => frame.Method == "SEND", "SEND")).Body);
    }

    private Task<WirePair> OpenAsync() => WirePair.BoundAsync(lobby.Appliance.Host.SipTcp);
}
