using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace OmaIm.Tests.Unit.Appliance.CommandLine;

/// <summary>The real program in a process of its own: signals and exit codes can be seen nowhere else.</summary>
public sealed class StopDrillTests : IDisposable
{
    /// <summary>Ends a test that hangs; a start or a stop takes a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] FreePorts = ["--Sip:Udp:Port=0", "--Sip:Tcp:Port=0", "--Msrp:Port=0", "--Http:Port=0", "--Log:Format=json"];

    private readonly Process _process = new();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task ASignalStopsTheServerGracefullyWithExitCodeZero(string signal)
    {
        Start(FreePorts);
        var log = new List<string>();
        while (!log.Exists(line => line.Contains("\"Message\":\"Ready\"", StringComparison.Ordinal)))
        {
            log.Add(await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException(string.Join('\n', log)));
        }

        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
        var rest = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);

        Assert.Equal(0, _process.ExitCode);
        Assert.Contains("Stopping, within 10 s", rest, StringComparison.Ordinal);
        Assert.DoesNotContain("did not end", rest, StringComparison.Ordinal);
        Assert.Equal("", await _process.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task ATakenPortIsOneLineAndExitCodeOne()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        Start([.. FreePorts[..3], $"--Http:Port={port}"]);

        Assert.Equal($"HTTP can not listen on 127.0.0.1:{port}: another program has the port; choose one with --Http:Port=PORT.", await EndAsync());
        Assert.Equal(1, _process.ExitCode);
    }

    [Fact]
    public async Task AWrongConfigurationIsExitCodeTwo()
    {
        Start(["--Http:Prt=1"]);

        Assert.Equal("command line --Http:Prt: Http:Prt: found unknown key \"Prt\", expected one of Address, Port, MaxConnections", await EndAsync());
        Assert.Equal(2, _process.ExitCode);
    }

    private void Start(string[] arguments)
    {
        _process.StartInfo = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "omaim-server.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        _process.Start();
    }

    /// <summary>What it said on standard error, after it ended.</summary>
    private async Task<string> EndAsync()
    {
        var error = await _process.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return error.TrimEnd();
    }
}
