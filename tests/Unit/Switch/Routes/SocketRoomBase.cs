using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Transport.Epoll;
using OmaIm.Switch.Routes;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>A room over real sockets that take little.</summary>
public abstract class SocketRoomBase : IDisposable
{
    private const int SocketBuffer = 8 * 1024;

    private readonly RoomBench _bench;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SocketConnectionContextFactory _pipes = new(new SocketConnectionFactoryOptions(), NullLogger.Instance);
    private readonly List<Socket> _sockets = [];

    protected SocketRoomBase(MsrpLoopOptions options)
    {
        _bench = new RoomBench(loop: options with { UseSockets = true });
        _listener.Start();
    }

    private protected RoomBench Bench => _bench;

    public void Dispose()
    {
        _bench.Dispose();
        _sockets.ForEach(static socket => socket.Dispose());
        _listener.Dispose();
        _pipes.Dispose();
        GC.SuppressFinalize(this);
    }

    protected (RoomMember Member, Socket Socket) Join(string aor)
    {
        var member = _bench.Room.Join(new RoomMemberOptions { Aor = aor, RemotePath = $"msrp://198.51.100.7:9/{_sockets.Count:d4};tcp" });
        var peer = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = SocketBuffer };
        _sockets.Add(peer);
        peer.Connect(_listener.LocalEndpoint);
        peer.Blocking = false;
        var accepted = _listener.AcceptSocket();
        accepted.SendBufferSize = SocketBuffer;
        _ = _bench.Msrp.Endpoint.RunAsync(new DirectSocketContext(accepted, _pipes));
        Send(peer, MsrpText.Request("SEND", "bind", member.Session.LocalPath, member.Options.RemotePath, "Message-ID: bind0001"), new Random(2));
        Until(() => member.Session.Connection is not null && peer.Available > 0);
        Receive(peer, [], 1000);
        return (member, peer);
    }

    // In pieces of any size, each read by the loop before the next; what comes back is of no interest here.
    protected void Send(Socket socket, string frame, Random random)
    {
        var bytes = MsrpText.Bytes(frame);
        for (var at = 0; at < bytes.Length;)
        {
            Until(() =>
            {
                Receive(socket, [], 1000);
                return socket.Poll(0, SelectMode.SelectWrite);
            });
            at += socket.Send(bytes.AsSpan(at, Math.Min(bytes.Length - at, 1 + random.Next(6000))));
        }

        _bench.Msrp.Run();
    }

    protected static void Receive(Socket socket, List<byte> received, int size)
    {
        if (socket.Available > 0)
        {
            var buffer = new byte[size];
            received.AddRange(buffer.AsSpan(0, socket.Receive(buffer)));
        }
    }

    protected void Until(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        do
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), "What was waited for did not come.");
            _bench.Msrp.Run();
        }
        while (!condition());
    }
}
