using System.Net;
using System.Net.Sockets;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Text;
using OmaIm.Stack.Msrp;
using OmaIm.Switch.Routes;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>Large chunks leave from where they lie, over real sockets. What a full socket leaves over is the matter of <see cref="SocketLagTests"/>.</summary>
public sealed class GatheredChunkTests : IDisposable
{
    private const string Room = "sip:lobby@rooms.example.com";
    private const int Messages = 30;
    private const int Small = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _bound = new(0);
    private readonly MsrpLoop _loop = new(new MsrpLoopOptions { OutboxBytes = 4 * 1024 * 1024 });
    private readonly MsrpEndpoint _endpoint;
    private readonly RoomRoute _room;

    public GatheredChunkTests()
    {
        _endpoint = new MsrpEndpoint(_loop, new MsrpEndpointOptions { Host = "switch.test", Port = 2855 });
        _room = new RoomRoute(_endpoint, Room, new RoomRouteOptions(), new Observer(_bound));
        _loop.Start();
    }

    [Theory]
    [InlineData(4_000)]
    [InlineData(4_500)]
    [InlineData(16_384)]
    public async Task LargeAndSmallChunksReachAMemberWhoReadsLate(int large)
    {
        using var sender = await JoinAsync("sip:alice@example.com");
        using var reader = await JoinAsync("sip:bob@example.com");
        var bodies = Enumerable.Range(0, Messages).Select(i => Body(i, i % 3 == 0 ? Small : large)).ToList();
        foreach (var (body, i) in bodies.Select((body, i) => (body, i)))
        {
            var frame = MsrpText.Send($"s{i:d4}", sender.Session, sender.Path, $"message{i:d4}", body, null, '$', "message/cpim", []);
            await sender.Socket.SendAsync(MsrpText.Bytes(frame));
        }

        // All answers are here: the room has had everything before the reader takes his first byte.
        await ReadAsync(sender.Socket, frame => frame.Count == Messages);
        var frames = await ReadAsync(reader.Socket, frame => frame.Count == Messages);
        Assert.Equal(bodies, frames.Select(frame => frame.Body));
    }

    public void Dispose()
    {
        _loop.Dispose();
        _endpoint.Dispose();
        _bound.Dispose();
    }

    private static string Body(int number, int length) =>
        $"From: <sip:alice@example.com>\r\nTo: <{Room}>\r\n\r\nContent-Type: text/plain\r\n\r\n{number:d6} {new string((char)('a' + (number % 26)), length)}";

    private async Task<Peer> JoinAsync(string aor)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var path = $"msrp://127.0.0.1:9/{RandomToken.Create(128)};tcp";
        var member = _room.Join(new RoomMemberOptions { Aor = aor, RemotePath = path });
        var accepting = listener.AcceptSocketAsync();
        await _endpoint.ConnectAsync(member.Session, "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        var socket = await accepting;
        socket.ReceiveBufferSize = 4096;
        var binding = (await ReadAsync(socket, frames => frames.Count == 1))[0];
        await socket.SendAsync(MsrpText.Bytes(MsrpText.Response(binding.TransactionId, 200, member.Session.LocalPath, path)));
        Assert.True(await _bound.WaitAsync(Patience));
        return new Peer(socket, path, member.Session.LocalPath);
    }

    private static async Task<IReadOnlyList<MsrpWireFrame>> ReadAsync(Socket socket, Func<IReadOnlyList<MsrpWireFrame>, bool> isEnough)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var all = new List<byte>();
        var buffer = new byte[8192];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, deadline.Token);
            Assert.NotEqual(0, length);
            all.AddRange(buffer.AsSpan(0, length));
            var reading = MsrpReference.Read([.. all]);
            Assert.Equal(MsrpRejection.None, reading.Rejection);
            if (reading.Unread == 0 && isEnough(reading.Frames))
            {
                return reading.Frames;
            }
        }
    }

    private sealed class Observer(SemaphoreSlim bound) : IRoomRouteObserver
    {
        public void OnMemberBound(RoomMember member) => bound.Release();

        public void OnMemberGone(RoomMember member, MsrpCloseReason reason)
        {
        }

        public void OnNickname(RoomMember member, NicknameRequest request)
        {
        }
    }

    private sealed record Peer(Socket Socket, string Path, string Session) : IDisposable
    {
        public void Dispose() => Socket.Dispose();
    }
}
