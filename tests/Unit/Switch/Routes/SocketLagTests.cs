using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Transport.Epoll;
using OmaIm.Switch.Routes;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>A room over real sockets that take little: what waits in tails and outboxes comes through whole, and its memory comes back.</summary>
public sealed class SocketLagTests : IDisposable
{
    private const int SocketBuffer = 8 * 1024;

    private readonly RoomBench _bench = new(loop: MsrpBench.Options with { UseSockets = true, OutboxBytes = 1024 * 1024 });
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SocketConnectionContextFactory _pipes = new(new SocketConnectionFactoryOptions(), NullLogger.Instance);
    private readonly List<Socket> _sockets = [];

    public SocketLagTests() => _listener.Start();

    public void Dispose()
    {
        _bench.Dispose();
        _sockets.ForEach(static socket => socket.Dispose());
        _listener.Dispose();
        _pipes.Dispose();
    }

    [Fact]
    public void WhatALaggingMemberMissedComesWholeAndInOrder()
    {
        var (alice, aliceSocket) = Join("sip:alice@example.com");
        var (bob, bobSocket) = Join("sip:bob@example.com");
        var said = new List<string>();
        var random = new Random(1);
        while (bob.Session.Connection!.Backlog < 600_000)
        {
            said.Add(MsrpText.Cpim(alice.Aor, RoomBench.Uri, $"{said.Count} {new string((char)('a' + (said.Count % 26)), random.Next(20_000))}"));
            var id = $"t{said.Count:d6}";
            Send(aliceSocket, MsrpText.Send(id, alice.Session.LocalPath, alice.Options.RemotePath, id, said[^1]), random);
        }

        var heard = new List<byte>();
        var bodies = new List<string>();
        Until(() =>
        {
            Receive(bobSocket, heard, 1 + random.Next(50_000));
            if (bob.Session.Connection!.Backlog == 0 && bobSocket.Available == 0)
            {
                var reading = MsrpReference.Read(heard.ToArray());
                bodies = [.. reading.Frames.Select(static frame => frame.Body!)];
                Assert.Equal(MsrpRejection.None, reading.Rejection);
            }

            return bodies.Count >= said.Count;
        });
        Assert.Equal(said, bodies);
        Assert.True(_bench.Msrp.Slabs.TotalRented > 150, "The outbox was more than one send could take.");
    }

    private (RoomMember Member, Socket Socket) Join(string aor)
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
    private void Send(Socket socket, string frame, Random random)
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

    private static void Receive(Socket socket, List<byte> received, int size)
    {
        if (socket.Available > 0)
        {
            var buffer = new byte[size];
            received.AddRange(buffer.AsSpan(0, socket.Receive(buffer)));
        }
    }

    private void Until(Func<bool> condition)
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
