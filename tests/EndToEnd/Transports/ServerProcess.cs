using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace OmaIm.Tests.EndToEnd.Transports;

/// <summary>An <c>omaim-server</c> of its own, on free loopback ports, with so many descriptors and no more.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly HttpClient Client = new();

    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public IPEndPoint Sip { get; private set; } = null!;

    public IPEndPoint Msrp { get; private set; } = null!;

    public IPEndPoint Http { get; private set; } = null!;

    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="descriptors">What it may have open at once.</param>
    /// <param name="arguments">Further arguments of the command line.</param>
    public static async Task<ServerProcess> StartAsync(int descriptors, params string[] arguments)
    {
        string[] ports = ["--Sip:Udp:Port=0", "--Sip:Tcp:Port=0", "--Msrp:Port=0", "--Http:Port=0"];
        var program = Path.Combine(AppContext.BaseDirectory, "omaim-server.dll");
        var limit = string.Create(CultureInfo.InvariantCulture, $"ulimit -n {descriptors} && exec \"$0\" \"$@\"");
        var start = new ProcessStartInfo("/bin/sh", ["-c", limit, Environment.ProcessPath!, program, .. ports, .. arguments])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };

        // What code allocates is told by its final form only.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        var server = new ServerProcess(Process.Start(start)!);
        try
        {
            await server.ReadBannerAsync();
        }
        catch
        {
            server.Dispose();
            throw;
        }

        // Whatever it still says: nobody reads it, and a full pipe would stop it.
        _ = server._process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        return server;
    }

    /// <summary>The page of /metrics.</summary>
    public Task<string> MetricsAsync() => Client.GetStringAsync(new Uri($"http://{Http}/metrics")).WaitAsync(Patience);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task ReadBannerAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (Http is null)
        {
            var line = await _process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("The server ended at its start.");
            if (Address().Match(line) is not { Success: true } match)
            {
                continue;
            }

            var address = IPEndPoint.Parse(match.Groups[2].Value);
            switch (match.Groups[1].Value)
            {
                case "SIP":
                    Sip = address;
                    break;
                case "MSRP":
                    Msrp = address;
                    break;
                default:
                    Http = address;
                    break;
            }
        }
    }

    // "  SIP   udp 127.0.0.1:5060, tcp 127.0.0.1:5060", "  MSRP  tcp 127.0.0.1:2855", "  HTTP  http://127.0.0.1:8080 (...)"
    [GeneratedRegex(@"^  (SIP|MSRP|HTTP) .*(?:tcp |http://)([0-9.]+:\d+)")]
    private static partial Regex Address();
}
