using OmaIm.Client;
using OmaIm.Protocols.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>A member of the lobby sends what no client should, over a live connection, while two others talk.</summary>
public sealed class MsrpTests(HostileRoom room) : IClassFixture<HostileRoom>
{
    private const string Alive = "alive";

    public static TheoryData<MsrpCase> Cases => [.. MsrpCases.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task HostileBytesGetTheProtocolsAnswerAndDisturbNobody(MsrpCase @case)
    {
        await using var session = await JoinAsync();
        using var socket = await BindAsync(session);
        var before = await CountAsync(@case.Rejection);

        await socket.SendAsync(Fill(@case.Bytes, session));
        if (@case.Rejection.ClosesConnection())
        {
            await socket.ReadToEndAsync();
        }
        else
        {
            await socket.SendAsync(Fill("MSRP alive SEND\r\nTo-Path: {to}\r\nFrom-Path: {from}\r\nMessage-ID: alive\r\n-------alive$\r\n", session));
            Assert.True(await socket.ReadToAsync("-------alive$"), socket.Received);
        }

        var answers = MsrpReference.Read(MsrpText.Bytes(socket.Received)).Frames.Where(frame => frame.TransactionId is not (Alive or "bind")).ToList();
        Assert.Equal(@case.Status == 0 ? [] : [@case.Status], answers.Select(frame => frame.StatusCode));
        Assert.All(answers, frame => Assert.Equal("case1", frame.TransactionId));
        Assert.True(@case.Rejection == MsrpRejection.None || await CountAsync(@case.Rejection) > before, $"{@case.Rejection} was not counted");
        await room.GoesOnAfterAsync([.. @case.Heard.Select(text => Fill(text, session))]);
    }

    [Fact]
    public async Task M10ASecondConnectionForASessionGets506AndTheFirstGoesOn()
    {
        await using var session = await JoinAsync();
        using var first = await BindAsync(session);
        using var second = await RawSocket.ConnectAsync(room.Appliance.Host.Msrp);
        await second.SendAsync(Fill("MSRP second SEND\r\nTo-Path: {to}\r\nFrom-Path: {from}\r\nMessage-ID: mess2\r\n-------second$\r\n", session));
        Assert.True(await second.ReadToAsync("-------second$"), second.Received);
        Assert.Contains("MSRP second 506 ", second.Received, StringComparison.Ordinal);
        await first.SendAsync(Fill("MSRP first1 SEND\r\nTo-Path: {to}\r\nFrom-Path: {from}\r\nMessage-ID: mess3\r\n-------first1$\r\n", session));
        Assert.True(await first.ReadToAsync("-------first1$"), first.Received);
        Assert.Contains("MSRP first1 200 ", first.Received, StringComparison.Ordinal);
        await room.GoesOnAfterAsync();
    }

    [Fact]
    public async Task M16ChunksOfManyMessagesMayInterleave()
    {
        await using var session = await JoinAsync();
        using var socket = await BindAsync(session);
        var texts = Enumerable.Range(0, 12).Select(i => $"message {i} of twelve").ToArray();
        foreach (var part in new[] { 0, 1, 2 })
        {
            for (var i = 0; i < texts.Length; i++)
            {
                await socket.SendAsync(Chunk(session, i, Whole(texts[i]), part));
            }
        }

        await room.GoesOnAfterAsync(texts);
    }

    [Fact]
    public async Task M11ThousandsOfGuessesFindNothingAndEndTheConnection()
    {
        using var socket = await RawSocket.ConnectAsync(room.Appliance.Host.Msrp);
        for (var i = 0; i < 2000; i++)
        {
            await socket.SendAsync($"MSRP guess{i} SEND\r\nTo-Path: msrp://127.0.0.1:2855/guess{i};tcp\r\nFrom-Path: msrp://127.0.0.1:9/me;tcp\r\nMessage-ID: mess{i}\r\n-------guess{i}$\r\n");
        }

        await socket.ReadToEndAsync();
        Assert.DoesNotContain(" 200 ", socket.Received, StringComparison.Ordinal);
        Assert.DoesNotContain(" 506 ", socket.Received, StringComparison.Ordinal);
        await room.GoesOnAfterAsync();
    }

    private static string Whole(string text) =>
        "From: <sip:dave@localhost>\r\nTo: <" + RunningAppliance.Lobby + ">\r\nDateTime: 2026-01-31T10:00:00Z\r\n\r\nContent-Type: text/plain\r\n\r\n" + text;

    // A third of the message; the CPIM headers are cut in the middle.
    private string Chunk(RoomSession session, int number, string whole, int part)
    {
        var third = whole.Length / 3;
        var start = part * third;
        var body = part == 2 ? whole[start..] : whole.Substring(start, third);
        var flag = part == 2 ? '$' : '+';
        return Fill(
            $"MSRP part{part}n{number} SEND\r\nTo-Path: {{to}}\r\nFrom-Path: {{from}}\r\nMessage-ID: mess{number}\r\n"
            + $"Byte-Range: {start + 1}-{start + body.Length}/{whole.Length}\r\nContent-Type: message/cpim\r\n\r\n{body}\r\n-------part{part}n{number}{flag}\r\n",
            session);
    }

    private string Fill(string text, RoomSession session) => text
        .Replace("{to}", session.Msrp!.RemotePath, StringComparison.Ordinal)
        .Replace("{from}", session.Msrp.LocalPath, StringComparison.Ordinal)
        .Replace("{alice}", room.PathOfAlice, StringComparison.Ordinal)
        .Replace("{lobby}", RunningAppliance.Lobby, StringComparison.Ordinal);

    private async Task<RoomSession> JoinAsync() => await room.Appliance.JoinLobbyAsync(
        "dave", new JoinOptions { ConnectMedia = false, SubscribeRoster = false, AutoRejoin = false });

    private async Task<RawSocket> BindAsync(RoomSession session)
    {
        var socket = await RawSocket.ConnectAsync(room.Appliance.Host.Msrp);
        await socket.SendAsync(Fill("MSRP bind SEND\r\nTo-Path: {to}\r\nFrom-Path: {from}\r\nMessage-ID: bind\r\n-------bind$\r\n", session));
        Assert.True(await socket.ReadToAsync("-------bind$"), socket.Received);
        Assert.Contains("MSRP bind 200 ", socket.Received, StringComparison.Ordinal);
        return socket;
    }

    private Task<double> CountAsync(MsrpRejection rejection) => room.CountAsync($"omaim_msrp_rejections_total|\"{rejection}\"");
}
