using BenchmarkDotNet.Attributes;
using OmaIm.Micro.Budget;
using OmaIm.Micro.Msrp;
using OmaIm.Stack.Msrp;
using OmaIm.Switch.Routes;
using OmaIm.Tests.Support;

namespace OmaIm.Micro.Rooms;

/// <summary>A room of 100 without sockets: frames come in, are routed, and are written for every other member.</summary>
[MemoryDiagnoser]
public class FanOut : IRoomRouteObserver, IDisposable
{
    private const int Members = 100;
    private const int Senders = 10;

    private readonly MsrpLoop _loop = new(new MsrpLoopOptions { UseSockets = false, FlushInterval = TimeSpan.Zero }, new FakeTimeProvider());
    private readonly List<(MsrpMemoryConnection Connection, byte[] Short, byte[] Long, byte[] Answer)> _members = [];

    public FanOut()
    {
        var endpoint = new MsrpEndpoint(_loop, new MsrpEndpointOptions { Host = "192.0.2.1", Port = 2855 });
        var room = new RoomRoute(endpoint, Frames.Room, new RoomRouteOptions(), this);
        for (var i = 0; i < Members; i++)
        {
            var aor = $"sip:user{i}@example.com";
            var path = $"msrp://198.51.100.7:49152/member{i:d4};tcp";
            var member = room.Join(new RoomMemberOptions { Aor = aor, RemotePath = path });
            var connection = new MsrpMemoryConnection(endpoint) { DiscardsOutput = true };
            var toPath = member.Session.LocalPath;
            Run(connection, MsrpText.Bytes(MsrpText.Request("SEND", "bind", toPath, path, "Message-ID: bind0001")));
            _members.Add((connection, Frames.Message(64, toPath, path, aor), Frames.Message(16 * 1024, toPath, path, aor), Frames.Answer(toPath, path)));
        }

        Proof.Of(Deliveries(ShortMessage) == Members - 1);
        Proof.Of(Deliveries(MessageOf16KB) == Members - 1);
        Proof.Of(Deliveries(TenShortMessagesInOneFlush) == Senders * (Members - 1));
        Proof.Of(Deliveries(MessageOf16KBWhileAllLag) == Members - 1);
        Proof.Of(Deliveries(AnswersOfAll) == 0 && _loop.Statistics.FramesReceived > 2 * Members);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _loop.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void ShortMessage() => Run(_members[0].Connection, _members[0].Short);

    [Benchmark]
    public void MessageOf16KB() => Run(_members[0].Connection, _members[0].Long);

    /// <summary>Messages of ten senders that one drain finds leave in one flush.</summary>
    [Benchmark]
    public void TenShortMessagesInOneFlush()
    {
        for (var i = 0; i < Senders; i++)
        {
            _members[i].Connection.Receive(_members[i].Short);
        }

        Run();
    }

    /// <summary>Nobody's socket takes anything: all of it goes through the outboxes.</summary>
    [Benchmark]
    public void MessageOf16KBWhileAllLag()
    {
        foreach (var member in _members)
        {
            member.Connection.Block();
        }

        Run(_members[0].Connection, _members[0].Long);
        foreach (var member in _members)
        {
            member.Connection.Unblock();
        }

        Run();
    }

    [Benchmark]
    public void AnswersOfAll()
    {
        foreach (var member in _members)
        {
            member.Connection.Receive(member.Answer);
        }

        Run();
    }

    void IRoomRouteObserver.OnMemberBound(RoomMember member)
    {
    }

    void IRoomRouteObserver.OnMemberGone(RoomMember member, MsrpCloseReason reason) => Proof.Of(reason == MsrpCloseReason.Shutdown);

    void IRoomRouteObserver.OnNickname(RoomMember member, NicknameRequest request)
    {
    }

    private long Deliveries(Action benchmark)
    {
        var before = _loop.Statistics.Deliveries;
        benchmark();
        return _loop.Statistics.Deliveries - before;
    }

    private void Run(MsrpMemoryConnection connection, byte[] frame)
    {
        connection.Receive(frame);
        Run();
    }

    private void Run()
    {
        while (_loop.RunOnce() <= TimeSpan.Zero)
        {
        }
    }
}
