using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using OmaIm.Stack.Transport.Epoll;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Transport.Epoll;

/// <summary>Over loopback, since what is tested is how the kernel's part and ours fit together.</summary>
public sealed class DirectSocketListenerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Longer than any test: nobody is closed for his silence who should not be.
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    private readonly Gate _gate = new();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task AConnectionIsHandedOutWhenItHasSpokenAndItsFirstByteIsStillToBeRead(string address)
    {
        await using var listener = Listen(Never, address);
        using var silent = await ConnectAsync(listener);
        using var speaker = await ConnectAsync(listener);
        await _gate.EnteredAsync(2);

        await speaker.SendAsync("MSRP"u8.ToArray());

        await using var accepted = await AcceptAsync(listener);
        Assert.Equal(speaker.LocalEndPoint, accepted!.RemoteEndPoint);
        Assert.Equal(speaker.RemoteEndPoint, accepted.LocalEndPoint);
        var read = await accepted.Transport.Input.ReadAsync().AsTask().WaitAsync(Patience);
        Assert.Equal("MSRP"u8.ToArray(), read.Buffer.FirstSpan.ToArray());
        accepted.Transport.Input.AdvanceTo(read.Buffer.End);
        Assert.Empty(_gate.Left);
    }

    [Fact]
    public async Task AnAddressOfAllIsOneOfBothFamilies()
    {
        await using var listener = Listen(Never, "::");
        using var speaker = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await speaker.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)listener.EndPoint).Port).WaitAsync(Patience);
        await speaker.SendAsync("M"u8.ToArray());

        await using var accepted = await AcceptAsync(listener);
        Assert.Equal(IPAddress.Loopback, ((IPEndPoint)accepted!.RemoteEndPoint!).Address.MapToIPv4());
    }

    [Fact]
    public async Task WhoHasSpokenLeavesWhenHisConnectionIsGivenBackAndOnlyThen()
    {
        await using var listener = Listen(Never);
        using var speaker = await ConnectAsync(listener);
        await speaker.SendAsync("M"u8.ToArray());
        var accepted = await AcceptAsync(listener);
        Assert.Empty(_gate.Left);

        await accepted!.DisposeAsync();
        await accepted.DisposeAsync();

        Assert.Equal([(speaker.LocalEndPoint!, true)], _gate.Left);
        await AssertClosedAsync(speaker);
    }

    [Fact]
    [Trait("Section", "RFC 4975 5.4")]
    public async Task WhoSaysNothingIsClosedAndNobodyHearsOfHim()
    {
        await using var listener = Listen(Soon);
        using var silent = await ConnectAsync(listener);

        await AssertClosedAsync(silent);

        // He has spoken before he is accepted, however long that takes him.
        _gate.HasRoom = false;
        using var speaker = await ConnectAsync(listener);
        await speaker.SendAsync("M"u8.ToArray());
        _gate.HasRoom = true;
        await using var accepted = await AcceptAsync(listener);

        Assert.Equal(speaker.LocalEndPoint, accepted!.RemoteEndPoint);
        Assert.Equal([(silent.LocalEndPoint!, false)], _gate.Left);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhoGoesAsHeCameIsForgotten(bool byReset)
    {
        await using var listener = Listen(Never);
        for (var visits = 1; visits <= 3; visits++)
        {
            using (var visitor = await ConnectAsync(listener))
            {
                visitor.LingerState = new LingerOption(byReset, 0);
                await _gate.EnteredAsync(visits);
            }

            await _gate.LeftAsync(visits);
        }

        Assert.All(_gate.Left, static left => Assert.False(left.HasSpoken));
    }

    [Fact]
    public async Task WhomTheGateRefusesIsClosed()
    {
        _gate.Admits = false;
        await using var listener = Listen(Never);
        using var refused = await ConnectAsync(listener);

        await AssertClosedAsync(refused);
        Assert.Empty(_gate.Left);
    }

    [Fact]
    public async Task WithoutRoomOneWaitsInTheKernelsBacklog()
    {
        _gate.HasRoom = false;
        await using var listener = Listen(Never);
        using var early = await ConnectAsync(listener);
        await early.SendAsync("M"u8.ToArray());
        await _gate.AskedAsync();
        Assert.Empty(_gate.Entered);

        _gate.HasRoom = true;

        await using var accepted = await AcceptAsync(listener);
        Assert.Equal(early.LocalEndPoint, accepted!.RemoteEndPoint);
    }

    [Fact]
    public async Task UnbindingClosesWhoHasNotSpokenAndEndsWithNull()
    {
        await using var listener = Listen(Never);
        using var silent = await ConnectAsync(listener);
        await _gate.EnteredAsync(1);
        var next = AcceptAsync(listener);

        await listener.UnbindAsync();

        Assert.Null(await next);
        await AssertClosedAsync(silent);
        Assert.Equal([(silent.LocalEndPoint!, false)], _gate.Left);
    }

    [Fact]
    public async Task WhoHasSpokenAndWasNotFetchedIsClosedWithTheListener()
    {
        var listener = Listen(Never);
        using var speaker = await ConnectAsync(listener);
        await speaker.SendAsync("M"u8.ToArray());
        using var second = await ConnectAsync(listener);
        await second.SendAsync("M"u8.ToArray());
        await using (await AcceptAsync(listener))
        {
            // The other one stands behind him in the queue, or still in the backlog.
        }

        await listener.DisposeAsync();

        await AssertClosedAsync(second);
        Assert.Equal(_gate.Entered.Count, _gate.Left.Count);
    }

    [Fact]
    public async Task AGateThatFailsEndsTheListenerAndIsHeardOf()
    {
        _gate.Failure = new InvalidOperationException("broken");
        await using var listener = Listen(Never);
        using var visitor = await ConnectAsync(listener);

        Assert.Same(_gate.Failure, await Assert.ThrowsAsync<InvalidOperationException>(() => AcceptAsync(listener)));
        await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(listener));
    }

    public void Dispose() => _gate.Dispose();

    private DirectSocketListener Listen(TimeSpan firstByte, string address = "127.0.0.1") =>
        new(new IPEndPoint(IPAddress.Parse(address), 0), new DirectSocketOptions { Gate = _gate, FirstByte = firstByte });

    private static async Task<ConnectionContext?> AcceptAsync(DirectSocketListener listener) =>
        await listener.AcceptAsync().AsTask().WaitAsync(Patience);

    private static async Task<Socket> ConnectAsync(DirectSocketListener listener)
    {
        var socket = new Socket(listener.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.EndPoint).WaitAsync(Patience);
        return socket;
    }

    private static async Task AssertClosedAsync(Socket socket)
    {
        var ended = socket.ReceiveAsync(new byte[1]).WaitAsync(Patience);
        Assert.True(await ended.ContinueWith(static ended => ended.Exception?.InnerException is SocketException || ended is { IsFaulted: false, Result: 0 }));
    }

    private sealed class Gate : IConnectionGate, IDisposable
    {
        private readonly SemaphoreSlim _entries = new(0);
        private readonly SemaphoreSlim _exits = new(0);
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _hasRoom = true;

        public bool Admits { get; set; } = true;

        public Exception? Failure { get; set; }

        public ConcurrentQueue<EndPoint> Entered { get; } = new();

        public ConcurrentQueue<(EndPoint Remote, bool HasSpoken)> Left { get; } = new();

        public bool HasRoom
        {
            get
            {
                _asked.TrySetResult();
                return _hasRoom;
            }
            set => _hasRoom = value;
        }

        public bool TryEnter(IPEndPoint remote)
        {
            if (Failure is not null)
            {
                throw Failure;
            }

            if (Admits)
            {
                Entered.Enqueue(remote);
                _entries.Release();
            }

            return Admits;
        }

        public void Leave(IPEndPoint remote, bool hasSpoken)
        {
            Left.Enqueue((remote, hasSpoken));
            _exits.Release();
        }

        public void Dispose()
        {
            _entries.Dispose();
            _exits.Dispose();
        }

        public Task AskedAsync() => _asked.Task.WaitAsync(Patience);

        public async Task EnteredAsync(int inAll)
        {
            while (Entered.Count < inAll)
            {
                Assert.True(await _entries.WaitAsync(Patience));
            }
        }

        public async Task LeftAsync(int inAll)
        {
            while (Left.Count < inAll)
            {
                Assert.True(await _exits.WaitAsync(Patience));
            }
        }
    }
}
