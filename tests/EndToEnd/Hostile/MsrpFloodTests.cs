using OmaIm.Protocols.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>A member of the lobby sends too much, or never what he began, over a live connection, while two others talk.</summary>
public abstract class MsrpFloodTests(HostileRoom room)
{
    private static readonly string Head =
        $"From: <sip:dave@localhost>\r\nTo: <{RunningAppliance.Lobby}>\r\nDateTime: 2026-01-31T10:00:00Z\r\n\r\nContent-Type: text/plain\r\n\r\n";

    [Fact]
    public async Task M14MessagesThatNeverEndAreFew()
    {
        await using var dave = await HostileMember.JoinAsync(room);
        var before = await CountAsync(MsrpRejection.TooManyOpenMessages);
        for (var i = 0; i < 1000; i++)
        {
            await dave.SendAsync(Chunk($"open{i}", Head + "begun", 1, -1, '+'));
        }

        await dave.GoesOnAsync();
        var answers = dave.Frames();
        Assert.Equal((16, 1000 - 16), (answers.Count(static frame => frame.StatusCode == 200), answers.Count(static frame => frame.StatusCode == 413)));
        Assert.Equal(before + 1000 - 16, await CountAsync(MsrpRejection.TooManyOpenMessages));
        await room.GoesOnAfterAsync();
    }

    [Fact]
    public async Task M16ChunksOfManyMessagesMayInterleave()
    {
        await using var dave = await HostileMember.JoinAsync(room);
        var texts = Enumerable.Range(0, 12).Select(static i => $"message {i} of twelve").ToArray();
        for (var part = 0; part < 3; part++)
        {
            for (var i = 0; i < texts.Length; i++)
            {
                // The CPIM headers are cut in the middle.
                var whole = Head + texts[i];
                var third = whole.Length / 3;
                var body = part == 2 ? whole[(2 * third)..] : whole.Substring(part * third, third);
                await dave.SendAsync(Chunk($"mess{i}", body, (part * third) + 1, whole.Length, part == 2 ? '$' : '+'));
            }
        }

        await room.GoesOnAfterAsync(texts);
    }

    [Fact]
    public async Task M17TenMegabytesThatAreGivenUpReachNobodyAsAMessage()
    {
        await using var dave = await HostileMember.JoinAsync(room);
        await dave.SendAsync(Chunk("huge", Head, 1, -1, '+'));
        var next = Head.Length + 1L;
        var part = new string('x', 64 * 1024);
        for (var i = 0; i < 160; i++, next += part.Length)
        {
            await dave.SendAsync(Chunk("huge", part, next, -1, '+'));
        }

        await dave.SendAsync(Chunk("huge", "", next, -1, '#'));
        await dave.GoesOnAsync();
        Assert.All(dave.Frames(), static frame => Assert.Equal(200, frame.StatusCode));
        await room.GoesOnAfterAsync();
    }

    [Fact]
    public async Task M17AMemberWhoDiesInAMessageReachesNobodyWithIt()
    {
        var dave = await HostileMember.JoinAsync(room);
        await dave.SendAsync(Chunk("lost", Head + "begun", 1, -1, '+'));
        await dave.GoesOnAsync();
        await dave.SendAsync(Chunk("lost", new string('x', 100_000), Head.Length + 6, -1, '+')[..50_000]);
        await dave.DisposeAsync();
        await room.GoesOnAfterAsync();
    }

    [Fact]
    public async Task M18AnswersThatNobodyReadsEndTheConnection()
    {
        const string Cut = "omaim_msrp_closed_total|\"SlowReader\"";
        const string Faults = "omaim_msrp_faults_total|";
        await using var dave = await HostileMember.JoinAsync(room, receiveBuffer: 4096);
        var before = await room.CountAsync(Cut);
        var faults = await room.CountAsync(Faults);
        var flood = dave.Fill(string.Concat(Enumerable.Repeat(MsrpText.Request("SEND", "flood", "{to}", "{from}", "Message-ID: mess", "Success-Report: yes"), 1000)));
        for (var i = 0; i < 400 && await room.CountAsync(Cut) == before; i++)
        {
            await dave.Socket.SendAsync(flood);
        }

        Assert.Equal(before + 1, await room.CountAsync(Cut));
        await room.GoesOnAfterAsync();

        // What was cut off is given back in one piece, whatever lay between it and its socket.
        Assert.Equal(faults, await room.CountAsync(Faults));
    }

    [Theory]
    [InlineData(10_000, MsrpRejection.CpimMalformed)]
    [InlineData(50, MsrpRejection.SeveralRecipients)]
    public async Task M22AListOfRecipientsIsRefused(int recipients, MsrpRejection rejection)
    {
        await using var dave = await HostileMember.JoinAsync(room);
        var before = await CountAsync(rejection);
        var list = string.Concat(Enumerable.Range(0, recipients).Select(static i => $"To: <sip:user{i}@localhost>\r\n"));
        await dave.SendAsync(Chunk("list", Head.Replace("To:", list + "To:", StringComparison.Ordinal) + "text", 1, -1, '$'));
        await dave.GoesOnAsync();
        Assert.Equal([rejection.StatusCode()], dave.Frames().Select(static frame => frame.StatusCode));
        Assert.Equal(before + 1, await CountAsync(rejection));
        await room.GoesOnAfterAsync();
    }

    [Fact]
    public async Task M22ADisguisedSenderIsRefusedAndNestedHeadersAreContent()
    {
        await using var dave = await HostileMember.JoinAsync(room);
        await dave.SendAsync(Chunk("ns", "NS: x <urn:ietf:params:cpim-headers:>\r\nx.From: <sip:alice@localhost>\r\n" + Head + "text", 1, -1, '$'));
        await dave.SendAsync(Chunk("case", "from: <sip:alice@localhost>\r\n" + Head + "text", 1, -1, '$'));
        var nested = string.Concat(Enumerable.Repeat("From: <sip:alice@localhost>\r\nTo: <sip:x@y>\r\n\r\nContent-Type: message/cpim\r\n\r\n", 1000)) + "deep";
        await dave.SendAsync(Chunk("deep", Head + nested, 1, -1, '$'));
        await dave.GoesOnAsync();
        Assert.Equal([400, 400, 200], dave.Frames().Select(static frame => frame.StatusCode));
        await room.GoesOnAfterAsync(nested);
    }

    [Fact]
    public async Task M28AFloodOfEmptySendsDisturbsNobody()
    {
        await using var dave = await HostileMember.JoinAsync(room);
        var flood = dave.Fill(string.Concat(Enumerable.Repeat(MsrpText.Request("SEND", "flood", "{to}", "{from}", "Message-ID: mess", "Failure-Report: no"), 1000)));
        for (var i = 0; i < 20; i++)
        {
            await dave.Socket.SendAsync(flood);
        }

        await dave.GoesOnAsync();
        Assert.Empty(dave.Frames());
        await room.GoesOnAfterAsync();
    }

    private Task<double> CountAsync(MsrpRejection rejection) => room.CountAsync($"omaim_msrp_rejections_total|\"{rejection}\"");

    private static string Chunk(string messageId, string body, long start, long total, char flag) => MsrpText.Send(
        "case1", "{to}", "{from}", messageId, body, $"{start}-{start + body.Length - 1}/{(total < 0 ? "*" : total)}", flag);

    public sealed class OverSockets(HostileRoom room) : MsrpFloodTests(room), IClassFixture<HostileRoom>;

    public sealed class OverPipes(PipedHostileRoom room) : MsrpFloodTests(room), IClassFixture<PipedHostileRoom>;

    public sealed class OverTls(TlsHostileRoom room) : MsrpFloodTests(room), IClassFixture<TlsHostileRoom>;
}
