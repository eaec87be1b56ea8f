using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using OmaIm.Load.Anchor;
using OmaIm.Load.Server;
using Spectre.Console;

namespace OmaIm.Load.Commands;

/// <summary><c>omaim-load file</c>: a large file through an anchored session, and the same bytes through a plain copy, in turns.</summary>
internal static class FileCommand
{
    private const int MegaByte = 1_000_000;

    /// <summary>What both ways carry before anything is measured.</summary>
    private const long WarmBytes = 200 * MegaByte;

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(20);

    private static readonly Option<int> Megabytes = Options.Number("--megabytes", "Size of the file in MB", 1000);
    private static readonly Option<int> Runs = Options.Number("--runs", "Transfers each way; medians are compared", 3);
    private static readonly Option<int> Port = Options.Number("--port", "First of two ports of the relay, which this command starts", 24000);

    public static Command Create()
    {
        var command = new Command("file", "Send a large file through an anchored session and compare with a plain copy") { Megabytes, Runs, Port };
        command.SetAction((arguments, cancellationToken) =>
        {
            var (megabytes, runs, port) = (arguments.GetValue(Megabytes), arguments.GetValue(Runs), arguments.GetValue(Port));
            return Execution.RunAsync(
                [(megabytes > 0, "--megabytes is at least 1"), (runs > 0, "--runs is at least 1"), (port is > 0 and < 65535, "--port is a port")],
                (output, _) => RunAsync(megabytes, runs, port, output, cancellationToken));
        });
        return command;
    }

    private static async Task<int> RunAsync(int megabytes, int runs, int port, IAnsiConsole output, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["anchor", "--port", Text(port), "--sessions", Text(runs + 1)]) { RedirectStandardOutput = true };
        using var server = Process.Start(start)!;
        try
        {
            var paths = Enumerable.Range(0, 2 * (runs + 1)).Select(_ => server.StandardOutput.ReadLine() ?? throw new LoadException("the relay did not start")).ToList();
            await AwaitListenerAsync(port + 1, cancellationToken);
            var warm = new FileTransfer(new FileContent(WarmBytes));
            await warm.CopyAsync(port + 1);
            await warm.RelayAsync(port, paths, 0);
            var transfer = new FileTransfer(new FileContent((long)megabytes * MegaByte));
            var (copied, relayed, growth) = (new List<double>(), new List<double>(), 0L);
            for (var run = 1; run <= runs; run++)
            {
                copied.Add(await transfer.CopyAsync(port + 1) / MegaByte);
                ProcessStatus.ForgetPeak(server.Id);
                var before = ProcessStatus.Sample(server.Id).ResidentBytes ?? 0;
                relayed.Add(await transfer.RelayAsync(port, paths, run) / MegaByte);
                var peak = ProcessStatus.PeakBytes(server.Id);
                growth = Math.Max(growth, peak - before);
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"plain copy {copied[^1]:f0} MB/s, anchored {relayed[^1]:f0} MB/s, SHA-256 equal, server {before / 1e6:f1} MB before, {peak / 1e6:f1} MB at most"));
            }

            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{megabytes} MB: anchored/plain {Median(relayed) / Median(copied):f2}, server's memory grew by {growth / 1e6:f1} MB at most"));
            return ExitCode.Ok;
        }
        finally
        {
            server.Kill();
            server.WaitForExit();
        }
    }

    // Tries again and again: the paths are printed before the other process listens, and nothing says when it does.
    private static async Task AwaitListenerAsync(int port, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                // Two, so that the plain copy has its pair.
                using var first = new TcpClient("127.0.0.1", port);
                using var second = new TcpClient("127.0.0.1", port);
                return;
            }
            catch (SocketException) when (watch.Elapsed < StartTime)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
