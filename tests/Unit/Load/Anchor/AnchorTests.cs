using System.Net;
using System.Net.Sockets;
using OmaIm.Load;
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
        await using var host = new AnchorHost(FreePort(), 2);
        await host.StartAsync();
        await using var copy = await PlainCopy.ListenAsync(0);
        var transfer = new FileTransfer(new FileContent(5_000_001));
        var copied = await transfer.CopyAsync(copy.Port);
        var relayed = await transfer.RelayAsync(host.Paths[2], host.Paths[3]);
        Assert.True(copied is { Rate: > 0, IsEqual: true });
        Assert.True(relayed is { Rate: > 0, IsEqual: true });
    }

    [Fact]
    public async Task AFileThatComesAsAnotherIsNoticedBothWays()
    {
        await using var host = new AnchorHost(FreePort(), 1);
        await host.StartAsync();
        await using var copy = await PlainCopy.ListenAsync(0);
        var content = new FileContent(100_000);
        content.Hash[0] ^= 1;
        var transfer = new FileTransfer(content);
        Assert.False((await transfer.CopyAsync(copy.Port)).IsEqual);
        Assert.False((await transfer.RelayAsync(host.Paths[0], host.Paths[1])).IsEqual);
    }

    [Fact]
    public async Task WhatBreaksOrIsRefusedEndsTheRunInWords()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var transfer = new FileTransfer(new FileContent(50_000_000));
        var copying = transfer.CopyAsync(((IPEndPoint)listener.LocalEndpoint).Port);
        using (await listener.AcceptTcpClientAsync())
        {
            (await listener.AcceptTcpClientAsync()).Dispose(); // the receiver's; the sender's stays and takes nothing
            await Assert.ThrowsAsync<LoadException>(() => copying);
        }

        await using var host = new AnchorHost(FreePort(), 1);
        await host.StartAsync();
        var refused = host.Paths[0] with { RemotePath = host.Paths[0].RemotePath.Replace(";tcp", "x;tcp", StringComparison.Ordinal) };
        var failure = await Assert.ThrowsAsync<LoadException>(() => transfer.RelayAsync(refused, host.Paths[1]));
        Assert.Contains("481", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FailureReport.Yes)]
    [InlineData(FailureReport.Partial)]
    public async Task PairsTalkWithoutAFault(FailureReport failureReport)
    {
        var port = FreePort();
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

    // Somebody may take it before it is bound, which then fails loudly.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
