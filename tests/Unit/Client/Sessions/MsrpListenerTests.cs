using System.Net;
using System.Net.Sockets;
using OmaIm.Client.Sessions;
using OmaIm.Stack.Msrp;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Sessions;

public sealed class MsrpListenerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly MsrpLoop _loop = new();

    public MsrpListenerTests() => _loop.Start();

    public void Dispose() => _loop.Dispose();

    [Fact]
    public async Task WantOfDescriptorsPasses()
    {
        var failures = 3;
        var accepted = new TaskCompletionSource();
        using var listener = new MsrpListener(_loop, IPAddress.Loopback, TimeProvider.System, async (socket, cancellationToken) =>
        {
            if (failures-- > 0)
            {
                throw new SocketException((int)SocketError.TooManyOpenSockets);
            }

            var connection = await socket.AcceptAsync(cancellationToken);
            accepted.TrySetResult();
            return connection;
        });
        using var peer = new TcpClient();
        await peer.ConnectAsync(IPAddress.Loopback, listener.Endpoint.Port);
        await accepted.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task ConnectionsThatAreGoneBeforeTheyBeginTakeNobodysPlace()
    {
        var gone = 1000;
        using var listener = new MsrpListener(_loop, IPAddress.Loopback, TimeProvider.System, async (socket, cancellationToken) =>
        {
            if (gone-- > 0)
            {
                var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                closed.Dispose();
                return closed;
            }

            return await socket.AcceptAsync(cancellationToken);
        });
        using var peer = new TcpClient();
        await peer.ConnectAsync(IPAddress.Loopback, listener.Endpoint.Port);
        await peer.GetStream().WriteAsync("MSRP t0000001 SEND\r\nTo-Path: msrp://127.0.0.1:9/none;tcp\r\nFrom-Path: msrp://127.0.0.1:9/me;tcp\r\nMessage-ID: m0000001\r\n-------t0000001$\r\n"u8.ToArray());
        var answer = new byte[16];
        await peer.GetStream().ReadExactlyAsync(answer).AsTask().WaitAsync(Patience);
        Assert.StartsWith("MSRP t0000001 48", System.Text.Encoding.ASCII.GetString(answer), StringComparison.Ordinal);
    }
}
