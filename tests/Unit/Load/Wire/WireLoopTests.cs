using System.Net;
using System.Net.Sockets;
using OmaIm.Load.Wire;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Wire;

public sealed class WireLoopTests
{
    [Fact]
    public async Task WhoComesInThePlaceOfOneThatWasClosedHearsOfHisOwnEnd()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var loop = new WireLoop();
        loop.Start();
        var (gone, stays, newcomer) = (new Listener(), new Listener(), new Listener());
        var (first, firstPeer) = await AddAsync(loop, listener, gone);
        var (_, staysPeer) = await AddAsync(loop, listener, stays);

        await loop.InvokeAsync(first.Close);
        Assert.Equal(0, await firstPeer.ReceiveAsync(new byte[1]));
        var (_, newcomerPeer) = await AddAsync(loop, listener, newcomer);
        newcomerPeer.Dispose();

        await newcomer.Closed.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(gone.Closed.IsCompleted);
        Assert.False(stays.Closed.IsCompleted);
        staysPeer.Dispose();
        await stays.Closed.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task AResetIsNoOrderlyEnd()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var loop = new WireLoop();
        loop.Start();
        var (connection, peer) = await AddAsync(loop, listener, new Listener());

        await loop.InvokeAsync(connection.Reset);

        var failure = await Assert.ThrowsAsync<SocketException>(
            async () => await peer.ReceiveAsync(new byte[1]));
        Assert.Equal(SocketError.ConnectionReset, failure.SocketErrorCode);
    }

    private static async Task<(WireConnection Connection, Socket Peer)> AddAsync(WireLoop loop, TcpListener listener, Listener receiver)
    {
        var connection = WireConnection.Connect(loop, "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, receiver);
        var peer = await listener.AcceptSocketAsync();
        await loop.InvokeAsync(() => loop.Add(connection));
        return (connection, peer);
    }

    private sealed class Listener : IByteReceiver
    {
        private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Closed => _closed.Task;

        public int OnBytes(WireConnection connection, ReadOnlySpan<byte> data) => data.Length;

        public void OnClosed(string reason) => _closed.SetResult();
    }
}
