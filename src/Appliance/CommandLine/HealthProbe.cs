using System.Net;
using OmaIm.Appliance.Configuration;

namespace OmaIm.Appliance.CommandLine;

/// <summary>--health: asks the running server whether it is ready, so that a container needs no other program for its health check.</summary>
internal static class HealthProbe
{
    /// <summary>Longer than the server takes to find a stuck loop.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(HttpSettings settings, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var address = settings.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : settings.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : settings.Address;
        var target = new Uri($"http://{new IPEndPoint(address, settings.Port)}/readyz");
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout };
            using var response = await client.GetAsync(target, cancellationToken);
            var text = (await response.Content.ReadAsStringAsync(cancellationToken)).TrimEnd();
            await (response.IsSuccessStatusCode ? output : error).WriteLineAsync($"{target}: {Printable.Shorten(text)}");
            return response.IsSuccessStatusCode ? ExitCode.Success : ExitCode.Failure;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            await error.WriteLineAsync($"{target}: {exception.Message}");
            return ExitCode.Failure;
        }
    }
}
