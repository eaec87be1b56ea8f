using System.Net;
using System.Net.Sockets;
using OmaIm.Appliance.Configuration;
using OmaIm.Appliance.Hosting;
using Xunit;

namespace OmaIm.Tests.Unit.Appliance.Hosting;

public sealed class ApplianceHostTests
{
    /// <summary>Ports of its own for each test, and a silent log.</summary>
    private static readonly ApplianceOptions Options = new()
    {
        Sip = new SipSettings { Udp = new ListenerSettings { Port = 0 }, Tcp = new ListenerSettings { Port = 0 } },
        Msrp = new MsrpSettings { Port = 0 },
        Http = new HttpSettings { Port = 0 },
        Log = new LogSettings { Level = Microsoft.Extensions.Logging.LogLevel.None },
        GraceSeconds = 30,
    };

    [Fact]
    public async Task ItStartsOnFreePortsServesItsHealthAndStops()
    {
        using var banner = new StringWriter();
        var host = await ApplianceHost.StartAsync(Options, banner);
        using var client = new HttpClient { BaseAddress = new Uri($"http://{host.Http}") };

        Assert.DoesNotContain(0, new[] { host.SipUdp.Port, host.SipTcp.Port, host.Msrp.Port, host.Http.Port });
        Assert.InRange(banner.ToString().TrimEnd().Split('\n').Length, 1, 10);
        Assert.Equal("ok\n", await client.GetStringAsync("/healthz"));
        Assert.Equal("ok\n", await client.GetStringAsync("/readyz"));
        Assert.Contains("\nprocess_cpu_seconds_total ", await client.GetStringAsync("/metrics"), StringComparison.Ordinal);

        await host.StopAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("/healthz"));
        await host.DisposeAsync();
    }

    [Fact]
    public async Task OtherPathsAndMethodsAreRefused()
    {
        await using var host = await ApplianceHost.StartAsync(Options);
        using var client = new HttpClient { BaseAddress = new Uri($"http://{host.Http}") };

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/etc/passwd")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.DeleteAsync("/metrics")).StatusCode);
    }

    [Fact]
    public async Task TwoAppliancesLiveInOneProcess()
    {
        await using var first = await ApplianceHost.StartAsync(Options);
        await using var second = await ApplianceHost.StartAsync(Options);

        Assert.NotEqual(first.SipTcp.Port, second.SipTcp.Port);
    }

    [Theory]
    [InlineData("SIP udp", "Sip:Udp")]
    [InlineData("SIP tcp", "Sip:Tcp")]
    [InlineData("MSRP tcp", "Msrp")]
    [InlineData("HTTP", "Http")]
    public async Task ATakenPortIsNamedInOneLineAndNothingStaysOpen(string name, string key)
    {
        var isUdp = key == "Sip:Udp";
        using var taken = new Socket(AddressFamily.InterNetwork, isUdp ? SocketType.Dgram : SocketType.Stream, isUdp ? ProtocolType.Udp : ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (!isUdp)
        {
            taken.Listen();
        }

        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        var options = key switch
        {
            "Sip:Udp" => Options with { Sip = Options.Sip with { Udp = new ListenerSettings { Port = port } } },
            "Sip:Tcp" => Options with { Sip = Options.Sip with { Tcp = new ListenerSettings { Port = port } } },
            "Msrp" => Options with { Msrp = Options.Msrp with { Port = port } },
            _ => Options with { Http = Options.Http with { Port = port } },
        };

        var exception = await Assert.ThrowsAsync<ListenException>(() => ApplianceHost.StartAsync(options));

        Assert.Equal($"{name} can not listen on 127.0.0.1:{port}: another program has the port; choose one with --{key}:Port=PORT.", exception.Message);
    }

    [Fact]
    public async Task OptionsThatContradictEachOtherDoNotStart()
    {
        var options = Options with { Http = Options.Http with { Address = IPAddress.Any } };

        var exception = await Assert.ThrowsAsync<ConfigurationException>(() => ApplianceHost.StartAsync(options));

        Assert.Contains("the demo accounts exist on loopback only", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectionsThatStayOpenDoNotHoldUpTheStop()
    {
        var host = await ApplianceHost.StartAsync(Options);
        using var sip = new TcpClient();
        using var msrp = new TcpClient();
        using var http = new TcpClient();
        await sip.ConnectAsync(host.SipTcp);
        await msrp.ConnectAsync(host.Msrp);
        await http.ConnectAsync(host.Http);

        // A keep-alive ping (RFC 5626 section 3.5.1): its answer shows that the connection is being served.
        await sip.GetStream().WriteAsync("\r\n\r\n"u8.ToArray());
        await sip.GetStream().ReadExactlyAsync(new byte[2]);

        // Far below the grace time of 30 s; the bound is only there to end a test that fails.
        await host.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
        await host.DisposeAsync();
    }
}
