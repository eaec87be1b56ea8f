using OmaIm.Client.Files;
using OmaIm.Tests.EndToEnd.Sessions;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Modes;

/// <summary>Bob reads slowly what is for him alone: a message of a session, a large message, a file. His sender waits, nobody else does.</summary>
public sealed class SlowSessionTests(RunningAppliance appliance) : IClassFixture<RunningAppliance>
{
    private const int Size = 40 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task InASession()
    {
        await using var session = await Conversation.BeginAsync(appliance, bobsReceiveBuffer: 16 * 1024);
        const int Chunk = 64 * 1024;
        var body = new string('x', Chunk);
        async Task SendAsync()
        {
            for (var i = 0; i < Size / Chunk; i++)
            {
                await session.Alice.SendAsync(MsrpText.Send(
                    $"slow{i}", session.Alice.To, session.Alice.From, "mslow", body, $"{(i * Chunk) + 1}-{(i + 1) * Chunk}/{Size}",
                    (i + 1) * Chunk == Size ? '$' : '+', "application/octet-stream", "Failure-Report: no"));
            }
        }

        var before = await SlowReader.TakenAsync(appliance);
        var sending = SendAsync();
        Assert.Equal(Size, (await SlowReader.HoldsHisSenderUpAsync(appliance, session.Bob, Size, before)).Length);
        await sending;
    }

    [Fact]
    public async Task WithALargeMessage()
    {
        await using var bob = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "bob");
        var before = await SlowReader.TakenAsync(appliance);
        var sending = appliance.Client("alice").SendAsync("sip:bob@localhost", "application/octet-stream", new byte[Size]);
        using var side = await AcceptAsync(bob);
        var message = await SlowReader.HoldsHisSenderUpAsync(appliance, side.Side, Size, before);
        Assert.Equal(Size, CpimText.Read(message).Content.Length);
        await ReportAsync(side.Side, message.Length);
        Assert.True((await sending.WaitAsync(Patience)).IsDelivered);
    }

    [Fact]
    public async Task WithAFile()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, new byte[Size]);
        await using var bob = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "bob");
        var before = await SlowReader.TakenAsync(appliance);
        var sending = appliance.Client("alice").SendFileAsync("sip:bob@localhost", new FileToSend(path));
        using var side = await AcceptAsync(bob);
        Assert.Equal(Size, (await SlowReader.HoldsHisSenderUpAsync(appliance, side.Side, Size, before)).Length);
        await ReportAsync(side.Side, Size);
        await sending.WaitAsync(Patience);
        File.Delete(path);
    }

    /// <summary>Takes what is offered, as it is described.</summary>
    private async Task<Accepted> AcceptAsync(WireUser bob)
    {
        var invite = await bob.IncomingAsync("INVITE");
        var path = SdpText.Path();
        string[] about = [.. invite.Body.Split("\r\n").Where(static line => line.StartsWith("a=file-", StringComparison.Ordinal)), "a=recvonly"];
        await bob.AcceptAsync(invite, SdpText.Msrp(path, "active", about).Replace("a=accept-types:message/cpim text/plain", "a=accept-types:*", StringComparison.Ordinal));
        var socket = await appliance.ConnectMsrpAsync(receiveBuffer: 16 * 1024);
        var side = new Conversation.Side(socket, SdpText.Attribute(invite.Body, "path"), path);
        await side.SendAsync(MsrpText.Request("SEND", "bind", side.To, side.From, "Message-ID: bind"));
        await socket.Expect200Async("bind");
        return new Accepted(side);
    }

    private static Task ReportAsync(Conversation.Side side, int size)
    {
        var heard = side.Frames.Last(static frame => frame is { Method: "SEND", Body.Length: > 0 });
        return side.SendAsync(MsrpText.Request(
            "REPORT", "rep1", heard.FromPath, heard.ToPath, "Message-ID: " + heard.MessageId, $"Byte-Range: 1-{size}/{size}", "Status: 000 200 OK"));
    }

    private sealed record Accepted(Conversation.Side Side) : IDisposable
    {
        public void Dispose() => Side.Socket.Dispose();
    }
}
