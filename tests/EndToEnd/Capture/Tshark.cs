using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Capture;

/// <summary>Wireshark's command-line program, as a second opinion on what the appliance writes.</summary>
internal sealed class Tshark : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private readonly Channel<string> _printed = Channel.CreateUnbounded<string>();
    private readonly int _udpPort;

    private Tshark(Process process, string file, int udpPort)
    {
        _udpPort = udpPort;
        _process = process;
        File = file;
    }

    public string File { get; }

    /// <summary>Captures on loopback, these ports only and a few megabytes at most, until <see cref="StopAsync"/>.</summary>
    /// <param name="udpPort">Gets a keep-alive by which the capture is seen to have begun.</param>
    /// <param name="tcpPorts">The other ports.</param>
    public static async Task<Tshark> CaptureAsync(int udpPort, params int[] tcpPorts)
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pcapng");
        var filter = string.Join(" or ", tcpPorts.Append(udpPort).Select(port => $"port {port}"));
        var tshark = new Tshark(Start("-i", "lo", "-f", filter, "-w", file, "-P", "-l", "-a", "filesize:4000", "-a", "duration:60"), file, udpPort);
        tshark._process.OutputDataReceived += (_, line) => tshark._printed.Writer.TryWrite(line.Data ?? "");
        tshark._process.BeginOutputReadLine();
        tshark._process.BeginErrorReadLine();
        await tshark.SeeMarkAsync();
        return tshark;
    }

    /// <summary>Ends the capture, so that its file is whole.</summary>
    public async Task StopAsync()
    {
        await SeeMarkAsync();
        using var timeout = new CancellationTokenSource(Patience);
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await kill.WaitForExitAsync(timeout.Token);
        await _process.WaitForExitAsync(timeout.Token);
    }

    /// <summary>Sends keep-alives from a port of its own until one has been captured: all that was sent before has been, too.</summary>
    private async Task SeeMarkAsync()
    {
        using var mark = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)mark.Client.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
        using var timeout = new CancellationTokenSource(Patience);
        while (true)
        {
            await mark.SendAsync("\r\n\r\n"u8.ToArray(), new IPEndPoint(IPAddress.Loopback, _udpPort), timeout.Token);
            using var again = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token);
            again.CancelAfter(TimeSpan.FromMilliseconds(200));
            try
            {
                while (!(await _printed.Reader.ReadAsync(again.Token)).Contains(port, StringComparison.Ordinal))
                {
                }

                return;
            }
            catch (OperationCanceledException) when (!timeout.IsCancellationRequested)
            {
                Assert.False(_process.HasExited, "tshark has ended; it needs the right to capture on loopback");
            }
        }
    }

    /// <summary>The packets that match, one summary line each.</summary>
    public Task<string[]> ReadAsync(string displayFilter, params string[] decodeAs) => RunAsync(["-Y", displayFilter], decodeAs);

    /// <summary>These fields of every packet; several values of one field are separated by commas.</summary>
    public async Task<string[][]> ReadFieldsAsync(string[] decodeAs, params string[] fields)
    {
        var lines = await RunAsync(["-T", "fields", .. fields.SelectMany(static field => new[] { "-e", field })], decodeAs);
        return [.. lines.Select(static line => line.Split('\t'))];
    }

    private async Task<string[]> RunAsync(string[] what, string[] decodeAs)
    {
        using var reader = Start(["-r", File, .. what, .. decodeAs.SelectMany(static rule => new[] { "-d", rule })]);
        using var timeout = new CancellationTokenSource(Patience);
        var errors = reader.StandardError.ReadToEndAsync(timeout.Token);
        var lines = await reader.StandardOutput.ReadToEndAsync(timeout.Token);
        await reader.WaitForExitAsync(timeout.Token);
        Assert.True(reader.ExitCode == 0, await errors);
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        System.IO.File.Delete(File);
    }

    /// <summary>
    /// Whether there is no tshark on a developer's machine: said loudly, and the test proves nothing there. The gate (CI is set) has it;
    /// without it the test fails there.
    /// </summary>
    public static bool IsMissing()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (Environment.GetEnvironmentVariable("CI") is not null || folders.Any(folder => System.IO.File.Exists(Path.Combine(folder, "tshark"))))
        {
            return false;
        }

        Console.Error.WriteLine("NOT PROVEN HERE: the capture tests need tshark. Install Debian's package tshark and run them again.");
        return true;
    }

    private static Process Start(params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("tshark", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException("This test needs tshark: install Debian's package tshark.");
        }
    }
}
