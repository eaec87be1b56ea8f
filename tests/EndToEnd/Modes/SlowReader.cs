using OmaIm.Client;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Modes;

/// <summary>Who connects and then reads nothing more, and what becomes of him and of the others.</summary>
internal static class SlowReader
{
    /// <summary>Joins with <see cref="JoinOptions.ConnectMedia"/> off: the connection is the test's.</summary>
    public static JoinOptions Options { get; } = new() { ConnectMedia = false, SubscribeRoster = false, AutoRejoin = false };

    /// <summary>Binds the session of a member, and reads no further.</summary>
    public static async Task<Hostile.RawSocket> AttachAsync(RunningAppliance appliance, RoomSession session)
    {
        var socket = await appliance.ConnectMsrpAsync(receiveBuffer: 4096);
        await socket.SendAsync(MsrpText.Request("SEND", "bind", session.Msrp!.RemotePath, session.Msrp.LocalPath, "Message-ID: bind"));
        await socket.Expect200Async("bind");
        return socket;
    }

    /// <summary>The room goes on as if he were not there, until he is cut off; it costs the others nothing that was said.</summary>
    public static async Task IsCutOffAsync(RunningAppliance appliance, RoomSession speaker, RoomSession listener)
    {
        const string Cut = "omaim_msrp_closed_total|\"SlowReader\"";
        const int Round = 100;
        var before = await Figures.CountAsync(appliance, Cut);
        for (var said = 0; await Figures.CountAsync(appliance, Cut) == before; said += Round)
        {
            Assert.True(said < 10_000, "He was never cut off.");
            string[] texts = [.. Enumerable.Range(said, Round).Select(static i => $"{i} {new string('x', 1_500)}")];
            await Task.WhenAll(texts.Select(text => speaker.SendAsync(text)));
            foreach (var text in texts)
            {
                Assert.Equal(text, (await listener.NextMessageAsync()).Text);
            }
        }

        await speaker.SendAsync("after him");
        Assert.Equal("after him", (await listener.NextMessageAsync()).Text);
    }

    /// <summary>Bytes of MSRP that the server has taken since it began.</summary>
    public static Task<double> TakenAsync(RunningAppliance appliance) => Figures.CountAsync(appliance, "omaim_msrp_received_bytes_total|");

    /// <summary>
    /// Much is being sent to him: the server takes what the kernel's buffers hold and no more, as long as he reads nothing. Then he reads, and gets
    /// all of it. The beginning of the transfer is the caller's.
    /// </summary>
    /// <param name="appliance">The server.</param>
    /// <param name="receiver">His connection.</param>
    /// <param name="size">What is sent to him, in bytes: far more than buffers hold.</param>
    /// <param name="before">What <see cref="TakenAsync"/> said before that.</param>
    /// <returns>What he has got, whole.</returns>
    public static async Task<string> HoldsHisSenderUpAsync(RunningAppliance appliance, Sessions.Conversation.Side receiver, int size, double before)
    {
        var (last, steady) = (0.0, 0);
        while (steady < 10)
        {
            await using var other = await Sessions.Conversation.BeginAsync(appliance, caller: "carol", callee: "dave");
            await other.Alice.SayAsync("a001", "meanwhile");
            Assert.Equal("meanwhile", await other.Bob.HearAsync("ma001", 9));
            var taken = await TakenAsync(appliance) - before;
            steady = taken - last < 64 * 1024 && taken > size / 100 ? steady + 1 : 0;
            last = taken;
        }

        Assert.InRange(last, 0, size / 2);
        await receiver.UntilAsync(() => Whole(receiver).Any(static frame => frame.Flag == '$'));
        return string.Concat(Whole(receiver).Select(static frame => frame.Body));
    }

    private static IEnumerable<MsrpWireFrame> Whole(Sessions.Conversation.Side receiver) => receiver.Frames.Where(static frame => frame is { Method: "SEND", Body.Length: > 0 });
}
