using System.Net;
using OmaIm.Appliance.Configuration;

namespace OmaIm.Appliance.Hosting;

/// <summary>What a start says on a terminal: where it listens, who may log in, and what to try next. At most ten lines.</summary>
internal static class Banner
{
    public static IReadOnlyList<string> Lines(ApplianceOptions options, bool isDevelopment, IPEndPoint sipUdp, IPEndPoint sipTcp, IPEndPoint msrp, IPEndPoint? msrpTls, IPEndPoint http)
    {
        var lines = new List<string>
        {
            $"OmaIm is ready for the domain {options.Domain}.",
            $"  SIP   udp {sipUdp}, tcp {sipTcp}",
            $"  MSRP  tcp {msrp}{(msrpTls is null ? "" : $", tls {msrpTls}")}",
            $"  HTTP  http://{http} (/healthz /readyz /metrics)",
        };
        if (isDevelopment)
        {
            var room = $"sip:{DevelopmentProfile.DemoRoom}@rooms.{options.Domain}";
            lines.Add($"  Demo accounts  {string.Join(", ", options.Accounts.Select(account => account.User))}; password NAME-secret; on this machine only");
            lines.Add($"  Demo room      {room}");
            lines.Add("Try it in another terminal, and once more as bob:");
            lines.Add($"  dotnet run --project src/Cli -- chat {room} --user alice{ServerOption(sipUdp)}");
        }
        else
        {
            lines.Add($"  {options.Accounts.Count} accounts, {options.Rooms.Count} rooms");
        }

        return lines;
    }

    /// <summary>The client finds the server's default port by itself.</summary>
    private static string ServerOption(IPEndPoint sipUdp) => sipUdp.Equals(new IPEndPoint(IPAddress.Loopback, 5060)) ? "" : $" --server {sipUdp}";
}
