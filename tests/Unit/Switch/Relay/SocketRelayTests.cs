using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Stack.Transport.Epoll;
using OmaIm.Switch.Relay;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Relay;

/// <summary>A relay over real sockets, read and written by the loop itself or through Kestrel's pipes, as TLS is.</summary>
public sealed class SocketRelayTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SocketConnectionContextFactory _pipes = new(new SocketConnectionFactoryOptions(), NullLogger.Instance);
    private readonly List<Socket> _sockets = [];

    public SocketRelayTests() => _listener.Start();

    public void Dispose()
    {
        _sockets.ForEach(static socket => socket.Dispose());
        _listener.Dispose();
        _pipes.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ALongMessageComesWholeToAReaderWhoIsSlow(bool useSockets)
    {
        using var bench = new RelayBench(loop: MsrpBench.Options with { UseSockets = useSockets }, binds: false);
        var (alice, bob) = (Connect(bench, bench.Route.First), Connect(bench, bench.Route.Second));
        var random = new Random(1);
        var body = string.Create(6_000_000, random, static (span, random) => random.GetItems("abcdefgh\r\n-".AsSpan(), span));
        var first = bench.Route.First.Session;
        var sent = MsrpText.Bytes(MsrpText.Send("abcd", first.LocalPath, first.RemotePath, "Msg00001", body, "1-*/6000000"));
        var heard = new List<byte>();
        var at = 0;
        var largest = 0;
        var wasHeld = false;
        Until(bench, () =>
        {
            if (at < sent.Length && alice.Poll(0, SelectMode.SelectWrite))
            {
                at += alice.Send(sent.AsSpan(at, Math.Min(sent.Length - at, 1 + random.Next(200_000))));
            }

            if (at == sent.Length || alice.Poll(0, SelectMode.SelectWrite) == false)
            {
                Receive(bob, heard, 1 + random.Next(100_000));
            }

            largest = Math.Max(largest, bench.Route.Second.Session.Connection!.Backlog);
            wasHeld |= bench.Route.First.Session.Connection!.IsPaused;
            return at == sent.Length && heard.Count > body.Length && bench.Route.Second.Session.Connection.Backlog == 0 && bob.Available == 0
                && MsrpReference.Read(heard.ToArray()) is { Unread: 0 } reading && reading.Frames[^1].Flag == '$';
        });
        Assert.Equal(body, string.Concat(MsrpReference.Read(heard.ToArray()).Frames.Select(static frame => frame.Body)));
        Assert.True(wasHeld);
        Assert.InRange(largest, 0, bench.Route.Second.Session.Connection!.OutboxBytes);
    }

    [Fact]
    public void TheEndIsNoResetForAPeerThatStillAnswers()
    {
        using var bench = new RelayBench(loop: MsrpBench.Options with { UseSockets = true }, binds: false);
        var (alice, bob) = (Connect(bench, bench.Route.First), Connect(bench, bench.Route.Second));
        var first = bench.Route.First.Session;
        alice.Send(MsrpText.Bytes(MsrpText.Send("abcd", first.LocalPath, first.RemotePath, "Msg00001", new string('x', 5000), "1-5000/5000")));
        Until(bench, () => bob.Available > 5000);
        var connection = bench.Route.Second.Session.Connection!;
        bench.Route.Close();
        bench.Msrp.Run();

        // His answers come before he has read what was sent to him.
        for (var i = 0; i < 3; i++)
        {
            bob.Send(MsrpText.Bytes(MsrpText.Response($"t{i:d4}", 200, "msrp://127.0.0.1:9/a;tcp", "msrp://127.0.0.1:9/b;tcp")));
            bench.Msrp.Run();
        }

        var heard = new List<byte>();
        Until(bench, () =>
        {
            Receive(bob, heard, 1000);
            return heard.Count > 5000 && bob.Available == 0 && bob.Poll(0, SelectMode.SelectRead);
        });
        Assert.Equal(0, bob.Receive(new byte[1]));
        Assert.False(connection.IsClosed);
        bob.Shutdown(SocketShutdown.Send);
        Until(bench, () => connection.IsClosed);
    }

    [Fact]
    public void APeerThatDoesNotEndIsClosedAfterAWhile()
    {
        using var bench = new RelayBench(loop: MsrpBench.Options with { UseSockets = true }, binds: false);
        var bob = Connect(bench, bench.Route.Second);
        var connection = bench.Route.Second.Session.Connection!;
        bench.Route.Close();
        bench.Msrp.Run(TimeSpan.FromSeconds(4));
        Assert.False(connection.IsClosed);
        bench.Msrp.Run(TimeSpan.FromSeconds(2));
        Assert.True(connection.IsClosed);
        Assert.Equal(0, bob.Receive(new byte[1]));
    }

    private Socket Connect(RelayBench bench, RelayLeg leg)
    {
        var peer = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 8 * 1024 };
        _sockets.Add(peer);
        peer.Connect(_listener.LocalEndpoint);
        peer.Blocking = false;
        var accepted = _listener.AcceptSocket();
        accepted.SendBufferSize = 8 * 1024;
        _ = bench.Msrp.Endpoint.RunAsync(new DirectSocketContext(accepted, _pipes));
        peer.Send(MsrpText.Bytes(MsrpText.Request("SEND", "bind", leg.Session.LocalPath, leg.Session.RemotePath, "Message-ID: bind0001")));
        Until(bench, () => leg.Session.Connection is not null && peer.Available > 0);
        Receive(peer, [], 1000);
        return peer;
    }

    private static void Receive(Socket socket, List<byte> received, int size)
    {
        if (socket.Available > 0)
        {
            var buffer = new byte[size];
            received.AddRange(buffer.AsSpan(0, socket.Receive(buffer)));
        }
    }

    private static void Until(RelayBench bench, Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        do
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), "What was waited for did not come.");
            bench.Msrp.Run();
        }
        while (!condition());
    }
}
