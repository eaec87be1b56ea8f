using System.Net.Sockets;
using OmaIm.Tests.EndToEnd.Hostile;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Transports;

/// <summary>Descriptors run out: the server waits until some are free, at rest, and serves again.</summary>
public sealed class DescriptorTests
{
    private const int Descriptors = 192;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhenDescriptorsHaveRunOutTheServerRestsAndThenServesAgain(bool directSockets)
    {
        using var server = await ServerProcess.StartAsync(Descriptors, directSockets ? "--Msrp:DirectSockets=true" : "--Msrp:DirectSockets=false");
        Assert.True(await IsServedAsync(server));

        // More than it can accept; the kernel keeps the rest for it.
        var crowd = new List<Socket>();
        for (var i = 0; i < 2 * Descriptors; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            crowd.Add(socket);
            await socket.ConnectAsync(server.Msrp);
        }

        // A server that has gone wild shows it in the CPU time that it uses while nobody asks for anything; there is no event to wait for.
        var before = server.CpuTime;
        await Task.Delay(Watched);
        var used = server.CpuTime - before;
        Assert.True(used < Watched / 2, $"{used} of CPU time while there was nothing to do");
        Assert.Contains("omaim_connections_open{listener=\"msrp\"}", await server.MetricsAsync(), StringComparison.Ordinal);

        crowd.ForEach(static socket => socket.Dispose());
        Assert.True(await IsServedAsync(server));
    }

    private static async Task<bool> IsServedAsync(ServerProcess server)
    {
        using var socket = await RawSocket.ConnectAsync(server.Msrp);
        await socket.SendAsync(MsrpText.Request("SEND", "probe", "msrp://127.0.0.1:2855/nobody;tcp", "msrp://127.0.0.1:9/me;tcp", "Message-ID: mess"));
        return await socket.ReadToAsync("-------probe$");
    }
}
