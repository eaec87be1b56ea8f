using OmaIm.Protocols.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>A member of the lobby sends what no client should, over a live connection, while two others talk.</summary>
public abstract class MsrpTests(HostileRoom room)
{
    public static TheoryData<MsrpCase> Cases => [.. MsrpCases.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task HostileBytesGetTheProtocolsAnswerAndDisturbNobody(MsrpCase @case)
    {
        await using var dave = await HostileMember.JoinAsync(room);
        var counter = @case.Rejection == MsrpRejection.None ? "" : $"omaim_msrp_rejections_total|\"{@case.Rejection}\"";
        var before = await room.CountAsync(counter);

        await dave.SendAsync(@case.Bytes);
        if (@case.Rejection.ClosesConnection())
        {
            await dave.Socket.ReadToEndAsync();
        }
        else
        {
            await dave.GoesOnAsync();
        }

        var answers = dave.Frames();
        Assert.Equal(@case.Status == 0 ? [] : [@case.Status], answers.Select(static frame => frame.StatusCode));
        Assert.All(answers, static frame => Assert.Equal("case1", frame.TransactionId));
        Assert.Equal(counter.Length == 0 ? 0 : before + 1, await room.CountAsync(counter));
        await room.GoesOnAfterAsync([.. @case.Heard.Select(dave.Fill)]);
    }

    [Fact]
    public async Task M10ASecondConnectionForASessionGets506AndTheFirstGoesOn()
    {
        await using var dave = await HostileMember.JoinAsync(room);
        using var second = await room.Appliance.ConnectMsrpAsync();
        await second.SendAsync(dave.Fill(MsrpText.Request("SEND", "second", "{to}", "{from}", "Message-ID: mess2")));
        Assert.True(await second.ReadToAsync("-------second$"), second.Received);
        Assert.Contains("MSRP second 506 ", second.Received, StringComparison.Ordinal);
        await dave.GoesOnAsync();
        await room.GoesOnAfterAsync();
    }

    [Fact]
    public async Task M11ThousandsOfGuessesFindNothingAndEndTheConnection()
    {
        using var socket = await room.Appliance.ConnectMsrpAsync();
        for (var i = 0; i < 2000; i++)
        {
            await socket.SendAsync(MsrpText.Request("SEND", $"guess{i}", $"msrp://127.0.0.1:2855/guess{i};tcp", "msrp://127.0.0.1:9/me;tcp", $"Message-ID: mess{i}"));
        }

        await socket.ReadToEndAsync();
        Assert.DoesNotContain(" 200 ", socket.Received, StringComparison.Ordinal);
        Assert.DoesNotContain(" 506 ", socket.Received, StringComparison.Ordinal);
        await room.GoesOnAfterAsync();
    }

    [Fact]
    public async Task M27ASessionThatIsOverOrNotYetBegunIsUnknown()
    {
        await using var dave = await HostileMember.JoinAsync(room);
        var request = dave.Fill(MsrpText.Request("SEND", "late", "{to}", "{from}", "Message-ID: mess1"));
        await dave.Session.DisposeAsync();
        await dave.Socket.ReadToEndAsync();
        using var socket = await room.Appliance.ConnectMsrpAsync();
        await socket.SendAsync(request);
        Assert.True(await socket.ReadToAsync("-------late$"), socket.Received);
        Assert.Contains("MSRP late 481 ", socket.Received, StringComparison.Ordinal);
        await room.GoesOnAfterAsync();
    }

    public sealed class OverSockets(HostileRoom room) : MsrpTests(room), IClassFixture<HostileRoom>;

    public sealed class OverPipes(PipedHostileRoom room) : MsrpTests(room), IClassFixture<PipedHostileRoom>;

    public sealed class OverTls(TlsHostileRoom room) : MsrpTests(room), IClassFixture<TlsHostileRoom>;
}
