using OmaIm.Protocols.Msrp;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>Hostile MSRP that takes more than one frame or more than one member, over live connections, while two others talk.</summary>
public abstract class MsrpSessionTests(HostileRoom room)
{
    // Answers left unread at most: who never reads is cut off, and how soon depends on what the kernel and Kestrel keep for him.
    private const int Unread = 500;

    [Theory]
    [InlineData("1-40/120", "21-60/120")] // overlaps what has come
    [InlineData("1-40/120", "61-100/120")] // leaves a gap
    [InlineData("1-40/120", "41-80/200")] // the total changes
    [InlineData("1-40/120", "1-40/120")] // begins again
    [InlineData("1-40/60", "41-*/60")] // more than was announced
    public async Task M12AChunkThatDoesNotContinueItsMessageEndsIt(string first, string second)
    {
        await using var dave = await RawMember.JoinAsync(room.Appliance, "dave");
        var before = await CountAsync(MsrpRejection.ChunkOutOfOrder);
        var whole = dave.Cpim(new string('x', 400));
        await dave.SendAsync("chunk1", "mess1", whole[..40], first, '+');
        await dave.SendAsync("chunk2", "mess1", whole[40..80], second, '+');
        await dave.FlushAsync();
        Assert.Equal([200], dave.Statuses("chunk1"));
        Assert.Equal([400], dave.Statuses("chunk2"));
        Assert.Equal(before + 1, await CountAsync(MsrpRejection.ChunkOutOfOrder));
        await room.GoesOnAfterAsync();
    }

    [Fact]
    public async Task M14MessagesThatAreBegunAndNeverEndedAreRefusedFromTheSeventeenthOn()
    {
        const int Allowed = 16;
        const int Begun = 2000;
        await using var dave = await RawMember.JoinAsync(room.Appliance, "dave");
        var before = await CountAsync(MsrpRejection.TooManyOpenMessages);
        for (var i = 0; i < Begun; i++)
        {
            await dave.SendAsync($"open{i}", $"mess{i}", dave.Cpim("part"), "1-*/*", '+');
            if (i % Unread == Unread - 1)
            {
                await dave.FlushAsync();
            }
        }

        var answers = dave.Frames().Where(static frame => frame.TransactionId.StartsWith("open", StringComparison.Ordinal)).Select(static frame => frame.StatusCode).ToList();
        Assert.Equal(Begun, answers.Count);
        Assert.All(answers.Take(Allowed), static status => Assert.Equal(200, status));
        Assert.All(answers.Skip(Allowed), static status => Assert.Equal(413, status));
        Assert.Equal(before + Begun - Allowed, await CountAsync(MsrpRejection.TooManyOpenMessages));
        await room.GoesOnAfterAsync();
    }

    [Fact]
    public async Task M15TheSameMessageIdOfTwoSendersIsTwoMessages()
    {
        await using var carol = await RawMember.JoinAsync(room.Appliance, "carol");
        await using var dave = await RawMember.JoinAsync(room.Appliance, "dave");
        var (ofCarol, ofDave) = (carol.Cpim("the words of carol"), dave.Cpim("the words of dave"));
        var (cut, end) = (ofCarol.Length - 5, ofDave.Length - 5);
        await carol.SendAsync("part1", "same1", ofCarol[..cut], $"1-{cut}/{ofCarol.Length}", '+');
        await carol.FlushAsync();
        await dave.SendAsync("part1", "same1", ofDave[..end], $"1-{end}/{ofDave.Length}", '+');
        await dave.FlushAsync();
        await carol.SendAsync("part2", "same1", ofCarol[cut..], $"{cut + 1}-{ofCarol.Length}/{ofCarol.Length}");
        await carol.FlushAsync();
        await dave.SendAsync("part2", "same1", ofDave[end..], $"{end + 1}-{ofDave.Length}/{ofDave.Length}");
        await dave.FlushAsync();
        await room.GoesOnAfterAsync("the words of carol", "the words of dave");
    }

    [Fact]
    public async Task M17ALongMessageThatIsGivenUpReachesNobody()
    {
        const int Chunk = 64 * 1024;
        const int Chunks = 160; // ten megabytes
        await using var dave = await RawMember.JoinAsync(room.Appliance, "dave");
        var start = 1;
        for (var i = 0; i < Chunks; i++)
        {
            var body = i == 0 ? dave.Cpim(new string('x', Chunk)) : new string('x', Chunk);
            await dave.SendAsync($"chunk{i}", "mess1", body, $"{start}-{start + body.Length - 1}/*", '+');
            start += body.Length;
        }

        await dave.SendAsync("abort", "mess1", "x", $"{start}-{start}/*", '#');
        await dave.FlushAsync();
        Assert.Equal([200], dave.Statuses($"chunk{Chunks - 1}"));
        Assert.Equal([200], dave.Statuses("abort"));
        await room.GoesOnAfterAsync();
    }

    [Fact]
    public async Task M18AReportIsMadeForEachMessageThatAskedAndNeverForAReport()
    {
        const int Messages = 100;
        await using var dave = await RawMember.JoinAsync(room.Appliance, "dave");
        var texts = Enumerable.Range(0, Messages).Select(static i => $"report {i}").ToArray();
        for (var i = 0; i < Messages; i++)
        {
            var body = dave.Cpim(texts[i]);
            await dave.SendAsync($"sent{i}", $"mess{i}", body, $"1-{body.Length}/{body.Length}", '$', "Success-Report: yes");
            await dave.Socket.SendAsync(dave.Report($"repo{i}", $"mess{i}"));
        }

        await dave.FlushAsync();
        var reported = dave.Frames().Where(static frame => frame.Method == "REPORT").Select(static frame => frame.MessageId).ToList();
        Assert.Equal(Enumerable.Range(0, Messages).Select(static i => $"mess{i}"), reported);
        Assert.DoesNotContain(dave.Frames(), static frame => frame.IsResponse && frame.TransactionId.StartsWith("repo", StringComparison.Ordinal));
        await room.GoesOnAfterAsync(texts);
    }

    [Fact]
    public async Task M27AMessageBehindTheByeReachesNobody()
    {
        await using var dave = await RawMember.JoinAsync(room.Appliance, "dave");
        await dave.Session.LeaveAsync();
        await dave.Socket.ReadToEndAsync();
        await room.GoesOnAfterAsync();

        // The path is no secret to him who had it; it leads nowhere on a new connection either.
        var before = await CountAsync(MsrpRejection.NoSuchSession);
        using var again = await room.Appliance.ConnectMsrpAsync();
        await again.SendAsync(dave.Chunk("late1", "mess1", dave.Cpim("words behind the BYE"), "1-*/*"));
        Assert.True(await again.ReadToAsync("-------late1$"), again.Received);
        Assert.Contains("MSRP late1 481 ", again.Received, StringComparison.Ordinal);
        Assert.Equal(before + 1, await CountAsync(MsrpRejection.NoSuchSession));
        await room.GoesOnAfterAsync();
    }

    [Fact]
    public async Task M28ThousandsOfEmptyRequestsAreAnsweredOneByOneAndReachNobody()
    {
        const int Requests = 5000;
        await using var dave = await RawMember.JoinAsync(room.Appliance, "dave");
        for (var i = 0; i < Requests; i++)
        {
            await dave.SendEmptyAsync($"empty{i}");
            if (i % Unread == Unread - 1)
            {
                await dave.FlushAsync();
            }
        }

        Assert.Equal(Requests, dave.Frames().Count(static frame => frame.StatusCode == 200 && frame.TransactionId.StartsWith("empty", StringComparison.Ordinal)));
        await room.GoesOnAfterAsync();
    }

    private Task<double> CountAsync(MsrpRejection rejection) => room.CountAsync($"omaim_msrp_rejections_total|\"{rejection}\"");

    public sealed class OverSockets(HostileRoom room) : MsrpSessionTests(room), IClassFixture<HostileRoom>;

    public sealed class OverPipes(PipedHostileRoom room) : MsrpSessionTests(room), IClassFixture<PipedHostileRoom>;
}
