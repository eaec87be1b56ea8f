using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OmaIm.Tests.EndToEnd.Transports;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Load;

/// <summary>The load driver on one-to-one sessions that a server of its own anchors, and that are made by SIP.</summary>
public sealed class SessionLoadTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task SessionsTalkWithoutAFault()
    {
        using var server = await ServerProcess.StartAsync(descriptors: 1024);
        using var load = LoadProcess.Start(
            "--server", $"{server.Sip}", "--sessions", "20", "--senders", "2", "--window", "3", "--warm", "0", "--duration", "1", "--json", _file);
        await load.SucceedAsync();
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(_file));
        Assert.True(report.RootElement.GetProperty("deliveries").GetInt64() >= 120, report.RootElement.ToString());
    }

    [Fact]
    public async Task AnotherDriverTalksInSessionsThatAreHeld()
    {
        using var server = await ServerProcess.StartAsync(descriptors: 1024);
        using var hold = LoadProcess.Start("--server", $"{server.Sip}", "--sessions", "10", "--hold", "--path-file", _file);
        var lines = await LinesAsync(hold, 20);
        Assert.All(lines, line => Assert.Contains($" 127.0.0.1 {server.Msrp.Port} msrp://127.0.0.1:{server.Msrp.Port}/", line, StringComparison.Ordinal));
        Assert.All(lines.Chunk(2), pair => Assert.Equal(pair[0].Split(' ')[0], pair[1].Split(' ')[0]));

        using var other = LoadProcess.Start(
            "neighbour", "anchor", "--server", $"{server.Msrp}", "--topics", "10", "--members", "2", "--paths", _file, "--warm", "0", "--duration", "1");
        await other.SucceedAsync();
        hold.Terminate();
        await hold.SucceedAsync();
    }

    [Fact]
    public async Task AFileGoesThroughSessionsAndIsJudged()
    {
        using var server = await ServerProcess.StartAsync(descriptors: 1024);
        string[] modest = ["--megabytes", "5", "--runs", "2", "--growth", "1000", "--percent", "0.01"];
        using var load = LoadProcess.Start(["file", "--server", $"{server.Sip}", "--pid", server.Id.ToString(CultureInfo.InvariantCulture), "--json", _file, .. modest]);
        Assert.Contains("PASSED", await load.SucceedAsync(), StringComparison.Ordinal);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(_file));
        Assert.All(report.RootElement.GetProperty("passes").EnumerateArray(), pass => Assert.True(pass.GetProperty("isEqual").GetBoolean()));
    }

    private async Task<string[]> LinesAsync(LoadProcess hold, int count)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var lines = await File.ReadAllLinesAsync(_file);
            if (lines.Length == count || hold.HasExited || watch.Elapsed > Patience)
            {
                Assert.Equal(count, lines.Length);
                return lines;
            }

            // The file says itself when it is complete; nothing else does.
            await Task.Delay(Glance);
        }
    }
}
