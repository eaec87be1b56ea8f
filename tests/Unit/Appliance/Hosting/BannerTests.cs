using System.Net;
using OmaIm.Appliance.Configuration;
using OmaIm.Appliance.Hosting;
using Xunit;

namespace OmaIm.Tests.Unit.Appliance.Hosting;

public sealed class BannerTests
{
    private static readonly IPEndPoint Sip = new(IPAddress.Loopback, 5060);

    [Fact]
    public void AFirstStartSaysInTenLinesWhereItListensAndWhatToTry()
    {
        var lines = Lines(DevelopmentProfile.Apply(new ApplianceOptions()), isDevelopment: true, Sip);

        Assert.InRange(lines.Count, 1, 10);
        var text = string.Join('\n', lines);
        Assert.All(
            ["udp 127.0.0.1:5060, tcp 127.0.0.1:5061", "tcp 127.0.0.1:2855", "http://127.0.0.1:8080", "alice, bob, carol, dave", "NAME-secret", "sip:lobby@rooms.localhost"],
            expected => Assert.Contains(expected, text, StringComparison.Ordinal));
        Assert.EndsWith("dotnet run --project src/Cli -- chat sip:lobby@rooms.localhost --user alice", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherPortIsPartOfTheCommandToTry() =>
        Assert.EndsWith(" --server 127.0.0.1:5070", Lines(new ApplianceOptions(), isDevelopment: true, new IPEndPoint(IPAddress.Loopback, 5070))[^1], StringComparison.Ordinal);

    [Fact]
    public void ConfiguredPasswordsAreNotPrinted()
    {
        var lines = Lines(new ApplianceOptions { Accounts = [new AccountSettings { User = "zoe", Password = "hunter2" }] }, isDevelopment: false, Sip);

        Assert.InRange(lines.Count, 1, 10);
        Assert.DoesNotContain("hunter2", string.Join('\n', lines), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Lines(ApplianceOptions options, bool isDevelopment, IPEndPoint sipUdp) =>
        Banner.Lines(options, isDevelopment, sipUdp, new(IPAddress.Loopback, 5061), new(IPAddress.Loopback, 2855), null, new(IPAddress.Loopback, 8080));
}
