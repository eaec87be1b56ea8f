using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Sessions;

/// <summary>A one-to-one session whose messages run through the server, over live sockets.</summary>
public abstract class RelayTests(RunningAppliance appliance)
{
    [Fact]
    public async Task MessagesPassBothWaysWithTheirTypeAndTheirReports()
    {
        await using var session = await Conversation.BeginAsync(appliance);
        var text = new string('x', 8_192);
        await session.Alice.SayAsync("a001", text, "Success-Report: yes");
        Assert.Equal(text, await session.Bob.HearAsync("ma001", text.Length));
        var heard = session.Bob.Frames.Last(frame => frame.Method == "SEND" && frame.MessageId == "ma001");
        Assert.Equal("text/plain", heard["Content-Type"]);
        await session.Bob.SendAsync(MsrpText.Request(
            "REPORT", "r001", heard.FromPath, heard.ToPath, "Message-ID: ma001", "Byte-Range: 1-8192/8192", "Status: 000 200 OK"));
        await session.Bob.SayAsync("b001", "answer");
        Assert.Equal("answer", await session.Alice.HearAsync("mb001", 6));
        await session.Alice.UntilAsync(() => session.Alice.Frames.Any(frame => frame.Method == "REPORT" && frame.MessageId == "ma001"));
        Assert.Equal(200, (await session.AliceDialog.ByeAsync()).Status);
        await session.BobSip.IncomingAsync("BYE");
    }

    [Fact]
    public async Task ALargeMessageArrivesWhole()
    {
        await using var session = await Conversation.BeginAsync(appliance);
        var (sending, text) = SendLarge(session);
        Assert.Equal(text, await session.Bob.HearAsync("mlarge", text.Length));
        await sending;
    }

    [Fact]
    public async Task WhoDoesNotReadHoldsUpNobodyElse()
    {
        await using var slow = await Conversation.BeginAsync(appliance, bobsReceiveBuffer: 16 * 1024);
        var (sending, text) = SendLarge(slow);
        await using (var other = await Conversation.BeginAsync(appliance))
        {
            await other.Alice.SayAsync("a001", "meanwhile");
            Assert.Equal("meanwhile", await other.Bob.HearAsync("ma001", 9));
        }

        Assert.Equal(text, await slow.Bob.HearAsync("mlarge", text.Length));
        await sending;
    }

    [Fact]
    public async Task WhatWasAnsweredBeforeAByeStillComesAndTheByeBehindIt()
    {
        const int Messages = 30, Size = 60_000;
        await using var session = await Conversation.BeginAsync(appliance, bobsReceiveBuffer: 16 * 1024);
        var text = new string('x', Size);
        for (var i = 0; i < Messages; i++)
        {
            await session.Alice.SayAsync($"a{i:d3}", text);
        }

        await session.Alice.UntilAsync(() => session.Alice.Frames.Count(frame => frame.StatusCode == 200 && frame.TransactionId[0] == 'a') == Messages);
        Assert.Equal(200, (await session.AliceDialog.ByeAsync()).Status);
        for (var i = 0; i < Messages; i++)
        {
            Assert.Equal(text, await session.Bob.HearAsync($"ma{i:d3}", Size));
        }

        await session.BobSip.IncomingAsync("BYE");
    }

    // RFC 4975 section 5.4.
    [Fact]
    public async Task ALostConnectionIsReplacedByAReinvite()
    {
        await using var session = await Conversation.BeginAsync(appliance);
        session.Alice.Socket.Dispose();
        var path = session.NewPath();
        var again = await session.AliceDialog.RequestAsync(
            "INVITE", $"Contact: <{session.AliceSip.ContactUri}>\r\nContent-Type: application/sdp\r\n", session.Sdp(path));
        WireUser.Expect(again, 200);
        var alice = await session.ConnectAsync(again.Body, path);
        using (alice.Socket)
        {
            await alice.SayAsync("a002", "back again");
            Assert.Equal("back again", await session.Bob.HearAsync("ma002", 10));
            await session.Bob.SayAsync("b002", "welcome");
            Assert.Equal("welcome", await alice.HearAsync("mb002", 7));
        }
    }

    private static (Task Sending, string Text) SendLarge(Conversation session)
    {
        const int Chunks = 160, Size = 65_536;
        var chunk = string.Concat(Enumerable.Range(0, Size / 16).Select(i => $"{i:D15}|"));
        async Task SendAsync()
        {
            for (var i = 0; i < Chunks; i++)
            {
                await session.Alice.SendAsync(MsrpText.Send(
                    $"large{i}", session.Alice.To, session.Alice.From, "mlarge", chunk, $"{(i * Size) + 1}-{(i + 1) * Size}/{Chunks * Size}",
                    i == Chunks - 1 ? '$' : '+', "application/octet-stream", "Failure-Report: no"));
            }
        }

        return (SendAsync(), string.Concat(Enumerable.Repeat(chunk, Chunks)));
    }
}
