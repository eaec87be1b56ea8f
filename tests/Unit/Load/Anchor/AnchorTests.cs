using System.Net;
using System.Net.Sockets;
using OmaIm.Load.Anchor;
using OmaIm.Load.Neighbours;
using OmaIm.Protocols.Msrp;
using Spectre.Console;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Anchor;

/// <summary>The relay alone, and what is sent through it.</summary>
public sealed class AnchorTests
{
    [Fact]
    public async Task AFileComesWholeBothWays()
    {
        var port = FreePorts();
        await using var host = new AnchorHost(port, 2);
        await host.StartAsync();
        var transfer = new FileTransfer(new FileContent(5_000_001));
        Assert.True(await transfer.CopyAsync(port + 1) > 0);
        Assert.True(await transfer.RelayAsync(port, host.Paths, 1) > 0);
    }

    [Theory]
    [InlineData(FailureReport.Yes)]
    [InlineData(FailureReport.Partial)]
    public async Task PairsTalkWithoutAFault(FailureReport failureReport)
    {
        var port = FreePorts();
        await using var host = new AnchorHost(port, 3);
        await host.StartAsync();
        var plan = new NeighbourPlan
        {
            Server = new IPEndPoint(IPAddress.Loopback, port),
            Topics = 3,
            Members = 2,
            Senders = 2,
            Window = 4,
            Paths = host.Paths,
            Duration = TimeSpan.FromMilliseconds(200),
        };
        using var run = new NeighbourRun(seat => new AnchoredSession(seat, failureReport), plan, AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) }));
        var report = await run.RunAsync(CancellationToken.None);
        Assert.Equal(0, report.Faults.Total);
        Assert.True(report.Messages > 24);
        Assert.Equal(report.Messages, report.Compared);
    }

    [Fact]
    public void AFileHasTheHashOfItsBlocks()
    {
        var content = new FileContent(600_000);
        var bytes = new byte[content.Length];
        for (var at = 0; at < bytes.Length;)
        {
            var block = content.Block(at);
            block.CopyTo(bytes.AsMemory(at));
            at += block.Length;
        }

        Assert.Equal(System.Security.Cryptography.SHA256.HashData(bytes), content.Hash);
        Assert.NotEqual(bytes[..8], bytes[262_144..262_152]);
    }

    // Two that follow each other; somebody may take one before it is bound, which then fails loudly.
    private static int FreePorts()
    {
        while (true)
        {
            using var first = new TcpListener(IPAddress.Loopback, 0);
            first.Start();
            var port = ((IPEndPoint)first.LocalEndpoint).Port;
            try
            {
                using var second = new TcpListener(IPAddress.Loopback, port + 1);
                second.Start();
                return port;
            }
            catch (SocketException) when (port < 65535)
            {
                // The next one is taken: look elsewhere.
            }
        }
    }
}
