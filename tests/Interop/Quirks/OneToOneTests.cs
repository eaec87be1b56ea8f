using OmaIm.Tests.EndToEnd;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Interop.Quirks;

/// <summary>What clients in the field do in one-to-one sessions; the other side sees what it needs and nothing else.</summary>
public sealed class OneToOneTests(RunningAppliance appliance) : IClassFixture<RunningAppliance>
{
    [Fact]
    [Trait("Section", "RFC 4975 7.1.1")]
    public async Task RcsjtaBindsWithAFirstSendThatHasNeitherByteRangeNorContentType()
    {
        await using var pair = await WirePair.OpenAsync(appliance.Host.SipTcp);
        foreach (var side in new[] { pair.Caller, pair.Callee })
        {
            await side.Msrp.SendLinesAsync("MSRP 18c9f2a7b3d4e5f6 SEND\nTo-Path: {to}\nFrom-Path: {from}\nMessage-ID: Msg2b94fc1c22\n-------18c9f2a7b3d4e5f6$\n");
            Assert.Equal(200, await side.StatusAsync("18c9f2a7b3d4e5f6"));
        }

        await ArrivesAsync(pair, "bound");
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.1")]
    public async Task HeartbeatsAndKeepAlivesStayOnTheirHop()
    {
        await using var pair = await WirePair.BoundAsync(appliance.Host.SipTcp);
        await pair.Caller.SayAsync("beat1", "HEARTBEAT", "text/x-msrp-heartbeat");
        await pair.Caller.Msrp.SendLinesAsync("MSRP keep1 SEND\nTo-Path: {to}\nFrom-Path: {from}\nMessage-ID: Msgk\nKeep-Alive: yes\n-------keep1$\n");
        Assert.Equal((200, 200), (await pair.Caller.StatusAsync("beat1"), await pair.Caller.StatusAsync("keep1")));
        await ArrivesAsync(pair, "behind them");
    }

    [Fact]
    [Trait("Section", "RFC 3862 2.1")]
    public async Task RcsjtaCallsBothSidesAnonymousInsideASession()
    {
        await using var pair = await WirePair.BoundAsync(appliance.Host.SipTcp);
        var cpim = MsrpText.Cpim("sip:anonymous@anonymous.invalid", "sip:anonymous@anonymous.invalid", "hidden names");
        await pair.Caller.SayAsync("anon1", cpim);
        Assert.Equal(cpim, (await pair.Callee.Msrp.MessageAsync()).Body);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.1")]
    public async Task RcsjtaSendsTenKilobytesAtOnceAndWaitsForEachAnswer()
    {
        await using var pair = await WirePair.BoundAsync(appliance.Host.SipTcp);
        var body = new string('t', 25_000);
        for (int at = 0, i = 0; at < body.Length; at += 10_240, i++)
        {
            var end = Math.Min(at + 10_240, body.Length);
            await pair.Caller.Msrp.SendAsync(MsrpText.Send(
                $"size{i}", pair.Caller.Msrp.To, pair.Caller.Msrp.From, "Msgs", body[at..end], $"{at + 1}-{end}/{body.Length}", end == body.Length ? '$' : '+', "text/plain"));
            Assert.Equal(200, await pair.Caller.StatusAsync($"size{i}"));
        }

        var received = "";
        while (received.Length < body.Length)
        {
            var frame = await pair.Callee.Msrp.MessageAsync();
            received += frame.Body;
            await pair.Callee.Msrp.RespondAsync(frame);
        }

        Assert.Equal(body, received);
    }

    [Theory]
    [InlineData("FreeSWITCH puts the whole From-Path into To-Path", "MSRP {id} 200 OK\r\nTo-Path: {its} {its}\r\nFrom-Path: {own}\r\n-------{id}$\r\n")]
    [InlineData("OpenSIPS leaves out the phrase", "MSRP {id} 200\r\nTo-Path: {its}\r\nFrom-Path: {own}\r\n-------{id}$\r\n")]
    [InlineData("some swap the paths", "MSRP {id} 200 OK\r\nTo-Path: {own}\r\nFrom-Path: {its}\r\n-------{id}$\r\n")]
    [Trait("Section", "RFC 4975 7.2")]
    public async Task AnOddAnswerIsAnAnswer(string quirk, string answer)
    {
        await using var pair = await WirePair.BoundAsync(appliance.Host.SipTcp);
        await pair.Caller.SayAsync("odd1", quirk, "text/plain");
        var frame = await pair.Callee.Msrp.MessageAsync();
        await pair.Callee.Msrp.SendAsync(answer.Replace("{id}", frame.TransactionId, StringComparison.Ordinal)
            .Replace("{its}", frame.FromPath, StringComparison.Ordinal).Replace("{own}", frame.ToPath, StringComparison.Ordinal));
        await ArrivesAsync(pair, "and on");
        Assert.DoesNotContain(pair.Caller.Msrp.Received, static received => received.Method == "REPORT");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("actpass")]
    [Trait("Section", "RFC 6135 4")]
    public async Task WhoeverMayConnectIsLetConnectOnBothSides(string? setup)
    {
        await using var pair = await WirePair.BoundAsync(appliance.Host.SipTcp, path => SdpText.Msrp(path, setup), path => SdpText.Msrp(path, "active"));
        await ArrivesAsync(pair, "connected");
    }

    private static async Task ArrivesAsync(WirePair pair, string text)
    {
        await pair.Caller.SayAsync("last1", text, "text/plain");
        Assert.Equal(text, (await pair.Callee.Msrp.NextAsync(static frame => frame.Method == "SEND", "SEND")).Body);
    }
}
