using System.Net;
using OmaIm.Client;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Interop.Relays;

/// <summary>Kamailio as an MSRP relay over TCP, as its msrp module's guide shows it: AUTH by digest, what follows relayed.</summary>
internal sealed class KamailioRelay : IAsyncDisposable
{
    private const string User = "roamer";
    private const string Password = "roamer-secret";

    private readonly PeerProcess _process;
    private readonly int _port;

    private KamailioRelay(PeerProcess process, int port) => (_process, _port) = (process, port);

    /// <summary>The relay as a client's options name it.</summary>
    public MsrpRelayOptions Options => new() { Uri = $"msrp://127.0.0.1:{_port};tcp", User = User, Password = Password };

    public static async Task<KamailioRelay> StartAsync(int minimumExpires = 2, int maximumExpires = 60)
    {
        var port = FreePort.Find();
        var folder = PeerProcess.CreateFolder();
        var file = Path.Combine(folder, "kamailio.cfg");
        var template = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests/Interop/Relays/kamailio.cfg"));
        await File.WriteAllTextAsync(file, template
            .Replace("{PORT}", $"{port}", StringComparison.Ordinal)
            .Replace("{FOLDER}", folder, StringComparison.Ordinal)
            .Replace("{MODULES}", Modules(), StringComparison.Ordinal)
            .Replace("{USER}", User, StringComparison.Ordinal)
            .Replace("{PASSWORD}", Password, StringComparison.Ordinal)
            .Replace("{MIN}", $"{minimumExpires}", StringComparison.Ordinal)
            .Replace("{MAX}", $"{maximumExpires}", StringComparison.Ordinal));
        var process = PeerProcess.Start("kamailio", "kamailio", folder, "-f", file, "-DD", "-E", "-m", "64", "-M", "4", "-Y", folder, "-P", Path.Combine(folder, "pid"));
        var relay = new KamailioRelay(process, port);
        await relay.AnswersAsync();
        return relay;
    }

    /// <summary>Waits until it has written a line that holds the text.</summary>
    public Task SaysAsync(string text) => _process.SaysAsync(text);

    /// <summary>Waits until it has written so many of them.</summary>
    public async Task SaysTimesAsync(string text, int times)
    {
        for (var (at, i) = (0, 0); i < times; i++)
        {
            at = await _process.SaysAsync(text, at);
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    // It logs that it is ready before its TCP reader is: an AUTH without credentials is answered by 401 as soon as it works.
    private async Task AnswersAsync()
    {
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (true)
        {
            try
            {
                await using var probe = await WireMsrp.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _port));
                await probe.SendAsync(MsrpText.Request("AUTH", "probe1", Options.Uri, SdpText.Path()));
                Assert.Equal(401, (await probe.AnswerAsync("probe1")).StatusCode);
                return;
            }
            catch (System.Net.Sockets.SocketException) when (DateTime.UtcNow < deadline)
            {
                Assert.DoesNotContain("[ended", _process.Output, StringComparison.Ordinal);
                await Task.Yield();
            }
        }
    }

    private static string Modules()
    {
        foreach (var folder in new[] { "/usr/lib/x86_64-linux-gnu/kamailio/modules/", "/usr/lib/aarch64-linux-gnu/kamailio/modules/", "/usr/lib64/kamailio/modules/" })
        {
            if (File.Exists(folder + "msrp.so"))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("This test needs Kamailio's module msrp: install Debian's package kamailio.");
    }
}
