using OmaIm.Appliance.CommandLine;
using OmaIm.Appliance.Configuration;
using OmaIm.Appliance.Hosting;
using Xunit;

namespace OmaIm.Tests.Unit.Appliance.CommandLine;

public sealed class ServerCommandTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task ARightConfigurationIsCheckedWithExitCodeZero()
    {
        Assert.Equal(0, await RunAsync("--check-config", "--Sip:Udp:Port", "5070"));
        Assert.Equal("", _error.ToString());
    }

    [Theory]
    [InlineData("--check-config")]
    [InlineData("--health")]
    [InlineData("--Domain=im.example.org")]
    public async Task AWrongConfigurationEndsEveryModeWithExitCodeTwoAndAllMistakes(string mode)
    {
        Assert.Equal(2, await RunAsync(mode, "--Sip:Udp:Port=x", "--Msrp:Prt=1"));

        Assert.Equal(2, _error.ToString().TrimEnd().Split('\n').Length);
        Assert.Equal("", _output.ToString());
    }

    [Theory]
    [InlineData("--config")]
    [InlineData("--config", "a", "--config", "b")]
    [InlineData("--nonsense")]
    [InlineData("@nonsense")]
    public async Task AWrongCommandLineIsExitCodeTwo(params string[] arguments)
    {
        Assert.Equal(2, await RunAsync(arguments));
        Assert.NotEqual("", _error.ToString());
    }

    [Fact]
    public async Task TheEnvironmentCounts()
    {
        var command = new ServerCommand(new Dictionary<string, string> { ["OMAIM__Msrp__Port"] = "70000" }, _output, _error);

        Assert.Equal(2, await command.RunAsync(["--check-config"]));
        Assert.StartsWith("environment OMAIM__Msrp__Port: Msrp:Port: found \"70000\"", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HealthIsExitCodeZeroOnlyWhileTheServerIsReady()
    {
        var options = new ApplianceOptions
        {
            Sip = new SipSettings { Udp = new ListenerSettings { Port = 0 }, Tcp = new ListenerSettings { Port = 0 } },
            Msrp = new MsrpSettings { Port = 0 },
            Http = new HttpSettings { Port = 0 },
            Log = new LogSettings { Level = Microsoft.Extensions.Logging.LogLevel.None },
        };
        var host = await ApplianceHost.StartAsync(options);
        var port = $"--Http:Port={host.Http.Port}";

        Assert.Equal(0, await RunAsync("--health", port));
        await host.DisposeAsync();
        Assert.Equal(1, await RunAsync("--health", port));
    }

    [Fact]
    public async Task VersionAndHelpAreAnswered()
    {
        Assert.Equal(0, await RunAsync("--version"));
        Assert.Equal(0, await RunAsync("--help"));
        Assert.Contains("--check-config", _output.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] arguments) =>
        new ServerCommand(new Dictionary<string, string>(), _output, _error).RunAsync(arguments);
}
