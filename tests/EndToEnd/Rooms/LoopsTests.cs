using System.Globalization;
using OmaIm.Client;
using OmaIm.Tests.EndToEnd.Hostile;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Rooms;

/// <summary>Rooms on two MSRP loops: everything arrives in order, also where one TCP connection is in rooms of both (RFC 4975 section 5.4).</summary>
public abstract class LoopsTests(bool directSockets) : IAsyncLifetime
{
    private const int Rooms = 8;

    private static readonly HttpClient Http = new();
    private static readonly JoinOptions Quiet = new() { SubscribeRoster = false, AutoRejoin = false };

    private readonly LoopsAppliance _appliance = new(directSockets) { Accounts = 4, Rooms = Rooms };

    public Task InitializeAsync() => _appliance.InitializeAsync();

    public Task DisposeAsync() => _appliance.DisposeAsync();

    [Fact]
    public async Task ManyRoomsOnBothLoopsHearEverythingInOrder()
    {
        const int Senders = 3;
        const int Messages = 60;
        var clients = Enumerable.Range(1, 4).Select(i => _appliance.Client($"user{i}")).ToList();
        var rooms = new List<RoomSession[]>();
        for (var number = 1; number <= Rooms; number++)
        {
            rooms.Add(await Task.WhenAll(clients.Select(client => client.JoinAsync(LoopsAppliance.Room(number), Quiet))));
        }

        var sending = rooms.SelectMany(static (members, room) => members.Take(Senders).Select(
            (member, sender) => Task.WhenAll(Enumerable.Range(0, Messages).Select(i => member.SendAsync($"{room}.{sender}.{i}"))))).ToList();
        foreach (var (members, room) in rooms.Select(static (members, room) => (members, room)))
        {
            for (var listener = 0; listener < members.Length; listener++)
            {
                var others = Enumerable.Range(0, Senders).Where(sender => sender != listener).ToList();
                var heard = new List<string>();
                for (var i = 0; i < others.Count * Messages; i++)
                {
                    heard.Add((await members[listener].NextMessageAsync()).Text);
                }

                Assert.All(others, sender => Assert.Equal(
                    Enumerable.Range(0, Messages).Select(i => $"{room}.{sender}.{i}"),
                    heard.Where(text => text.StartsWith($"{room}.{sender}.", StringComparison.Ordinal))));
            }
        }

        await Task.WhenAll(sending);
        var expected = Rooms / 2 * Senders * Messages * 3;
        Assert.Equal(expected, await CountAsync("omaim_msrp_loop_deliveries_total{loop=\"0\"}"));
        Assert.Equal(expected, await CountAsync("omaim_msrp_loop_deliveries_total{loop=\"1\"}"));
        Assert.InRange(await CountAsync("omaim_msrp_moves_total"), 1, Rooms * 4);
        Assert.Equal(0, await CountAsync("omaim_msrp_crossings_total"));
        Assert.Equal(0, await CountAsync("omaim_msrp_faults_total"));
    }

    [Fact]
    public async Task OneConnectionTalksInRoomsOfBothLoops()
    {
        const int Messages = 200;
        var (raw, stays, others) = await JoinTwoRoomsAsync();
        using var socket = raw;
        var frames = new System.Text.StringBuilder();
        for (var i = 0; i < Messages; i++)
        {
            frames.Append(stays[0].Say($"here.{i}")).Append(stays[1].Say($"there.{i}"));
        }

        await raw.SendAsync(frames.ToString());
        string[] words = ["here", "there"];
        for (var room = 0; room < 2; room++)
        {
            for (var i = 0; i < Messages; i++)
            {
                Assert.Equal($"{words[room]}.{i}", (await others[room].NextMessageAsync()).Text);
            }
        }

        await Task.WhenAll(others.SelectMany((other, room) => Enumerable.Range(0, Messages).Select(i => other.SendAsync($"{words[room]}.back.{i}."))));
        Assert.True(await raw.ReadToAsync($"\nhere.back.{Messages - 1}."));
        Assert.True(await raw.ReadToAsync($"there.back.{Messages - 1}."));
        var heard = MsrpReference.Read(MsrpText.Bytes(raw.Received)).Frames;
        for (var room = 0; room < 2; room++)
        {
            var texts = heard.Where(frame => frame.Method == "SEND" && frame.FromPath == stays[room].ServerPath).Select(static frame => frame.Body![(frame.Body!.LastIndexOf('\n') + 1)..]);
            Assert.Equal(Enumerable.Range(0, Messages).Select(i => $"{words[room]}.back.{i}."), texts);
        }

        Assert.Equal(2 * (Messages + 1), heard.Count(static frame => frame.StatusCode == 200));
        Assert.Equal(1, await CountAsync("omaim_msrp_crossings_total"));
    }

    [Fact]
    public async Task ALongMessageCrossesWithoutHoldingItsRoomUp()
    {
        var (raw, stays, others) = await JoinTwoRoomsAsync();
        using var socket = raw;
        var text = string.Concat(Enumerable.Range(0, 2_000_000).Select(static i => (char)('a' + (i % 26))));
        var sending = raw.SendAsync(stays[1].Say(text) + stays[0].Say("short"));
        Assert.Equal(text, (await others[1].NextMessageAsync()).Text);
        Assert.Equal("short", (await others[0].NextMessageAsync()).Text);
        await sending;
    }

    [Fact]
    public async Task AConnectionThatIsNotReadIsCutOffInBothRooms()
    {
        var (raw, _, others) = await JoinTwoRoomsAsync(receiveBuffer: 8192, roster: true);
        using var socket = raw;
        var text = new string('x', 15_000);
        for (var i = 0; i < 3_000 && await CountAsync("omaim_msrp_closed_total{reason=\"SlowReader\"}") < 1; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => others[1].SendAsync(text)));
        }

        Assert.Equal(1, await CountAsync("omaim_msrp_closed_total{reason=\"SlowReader\"}"));
        await others[0].RosterBecomesAsync("user2");
        await others[1].RosterBecomesAsync("user2");
    }

    [Fact]
    public async Task AConnectionThatEndsIsGoneFromBothRooms()
    {
        var (raw, stays, others) = await JoinTwoRoomsAsync(roster: true);
        await raw.SendAsync(stays[0].Say("goodbye here") + stays[1].Say("goodbye there"));
        await raw.EndSendingAsync();
        Assert.Equal("goodbye here", (await others[0].NextMessageAsync()).Text);
        Assert.Equal("goodbye there", (await others[1].NextMessageAsync()).Text);
        await others[0].RosterBecomesAsync("user2");
        await others[1].RosterBecomesAsync("user2");
        raw.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task LeavingOneRoomLeavesTheOtherOne(int left)
    {
        var (raw, stays, others) = await JoinTwoRoomsAsync();
        using var socket = raw;
        await stays[left].Session.LeaveAsync();
        await raw.SendAsync(stays[1 - left].Say("still here"));
        Assert.Equal("still here", (await others[1 - left].NextMessageAsync()).Text);

        await stays[1 - left].Session.LeaveAsync();
        await raw.ReadToEndAsync();
    }

    /// <summary>User1 in two rooms of different loops by one connection, bound to both, and user2 in each of them.</summary>
    private async Task<(RawSocket Raw, RawStay[] Stays, RoomSession[] Others)> JoinTwoRoomsAsync(int? receiveBuffer = null, bool roster = false)
    {
        var raw = await RawSocket.ConnectAsync(_appliance.Host.Msrp, receiveBuffer);
        var user1 = _appliance.Client("user1");
        var user2 = _appliance.Client("user2");
        var (stays, others) = (new RawStay[2], new RoomSession[2]);
        for (var i = 0; i < 2; i++)
        {
            var room = LoopsAppliance.Room(i + 1);
            stays[i] = new RawStay(room, await user1.JoinAsync(room, Quiet with { ConnectMedia = false }));
            await raw.SendAsync(stays[i].Bind(out var id));
            await raw.Expect200Async(id);
            others[i] = await user2.JoinAsync(room, Quiet with { SubscribeRoster = roster });
            if (roster)
            {
                await others[i].RosterBecomesAsync("user1", "user2");
            }
        }

        return (raw, stays, others);
    }

    private async Task<double> CountAsync(string series)
    {
        var page = await Http.GetStringAsync(new Uri($"http://{_appliance.Host.Http}/metrics"));
        return page.Split('\n').Where(line => line.StartsWith(series, StringComparison.Ordinal))
            .Sum(static line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    public sealed class OverSockets() : LoopsTests(directSockets: true);

    public sealed class OverPipes() : LoopsTests(directSockets: false);

    /// <summary>One room that user1 is in, whose MSRP a test writes itself.</summary>
    private sealed class RawStay(string room, RoomSession session)
    {
        private int _sent;

        public RoomSession Session => session;

        public string ServerPath { get; } = session.Msrp!.RemotePath;

        public string Bind(out string id)
        {
            id = NextId();
            return MsrpText.Request("SEND", id, ServerPath, session.Msrp!.LocalPath, "Message-ID: bind");
        }

        public string Say(string text)
        {
            var body = MsrpText.Cpim("sip:user1@localhost", room, text);
            var id = NextId();
            return MsrpText.Send(id, ServerPath, session.Msrp!.LocalPath, "m" + id, body, $"1-{body.Length}/{body.Length}");
        }

        private string NextId() => string.Create(CultureInfo.InvariantCulture, $"t{++_sent:d5}.{room[4..8]}");
    }
}
