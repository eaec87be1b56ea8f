using System.Diagnostics;
using System.Text.Json;
using Xunit;
using Xunit.Abstractions;

namespace OmaIm.Tests.EndToEnd.Transports;

/// <summary>A delivery allocates nothing, whatever carries it: the load driver talks to a server of its own and reads what that allocated.</summary>
public sealed class AllocationTests(ITestOutputHelper output)
{
    /// <summary>Two pages of metrics and the sweeps of some seconds; a single byte for each delivery would be as much again.</summary>
    private const double BytesApart = 256 * 1024;

    private const double BytesPerDelivery = 0.1;

    [Theory]
    [InlineData("--Msrp:DirectSockets=true")]
    [InlineData("--Msrp:DirectSockets=false")]
    public async Task ADeliveryAllocatesNothing(string transport)
    {
        using var server = await ServerProcess.StartAsync(descriptors: 1024, transport);
        var report = await LoadAsync(server);
        var deliveries = report.GetProperty("deliveries").GetDouble();
        var allocated = report.GetProperty("server").GetProperty("allocatedBytesPerDelivery").GetDouble() * deliveries;
        output.WriteLine($"{allocated} bytes for {deliveries} deliveries");
        Assert.True(allocated < BytesApart + (BytesPerDelivery * deliveries), $"{allocated} bytes for {deliveries} deliveries");
        Assert.True(deliveries > BytesApart / 2, $"{deliveries} deliveries are too few to tell");
    }

    private static async Task<JsonElement> LoadAsync(ServerProcess server)
    {
        var json = Path.GetTempFileName();
        try
        {
            string[] arguments =
            [
                Path.Combine(AppContext.BaseDirectory, "omaim-load.dll"), "--server", server.Sip.ToString(), "--metrics", $"http://{server.Http}/metrics",
                "--members", "80", "--senders", "5", "--window", "3", "--warm", "2", "--duration", "3", "--json", json,
            ];
            using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var printed = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, printed + await errors);
            using var report = JsonDocument.Parse(await File.ReadAllTextAsync(json));
            return report.RootElement.Clone();
        }
        finally
        {
            File.Delete(json);
        }
    }
}
