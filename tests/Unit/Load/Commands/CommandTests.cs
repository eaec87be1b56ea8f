using OmaIm.Load;
using OmaIm.Load.Commands;
using OmaIm.Load.Joining;
using OmaIm.Protocols.Msrp;
using OmaIm.Tests.Unit.Appliance.Configuration;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Commands;

public sealed class CommandTests
{
    [Fact]
    public void TheDefaultsAreARunThatADemoServerTakes()
    {
        var settings = Read("");

        Assert.Empty(settings.Problems());
        Assert.Equal(["sip:lobby@rooms.localhost"], settings.Join.Rooms);
        Assert.Equal(["alice", "bob", "carol", "dave"], settings.Join.Accounts.Users);
        Assert.Equal(FailureReport.Yes, settings.Traffic.FailureReport);
    }

    [Fact]
    public void EveryOptionArrives()
    {
        var settings = Read(
            "--rooms 2 --members 50 --senders 5 --size 1024 --rate 900 --warm 1.5 --duration 20 --failure-report no --stall 3 --big 5000 "
            + "--accounts u --count 7 --password p --pid 12 --metrics http://h:1/metrics --json j --svg s --check 4 --chunk 2048");

        Assert.Empty(settings.Problems());
        Assert.Equal((2, 50, 7), (settings.Join.Rooms.Count, settings.Join.Members, settings.Join.Accounts.Users.Count));
        Assert.Equal((5, 1024, 900, 3, 5000), (settings.Traffic.Senders, settings.Traffic.TextLength, settings.Traffic.Rate, settings.Traffic.Stalled, settings.Traffic.BigLength));
        Assert.Equal((4, 2048, FailureReport.No, true), (settings.Traffic.CheckEvery, settings.Traffic.ChunkLength, settings.Traffic.FailureReport, settings.Traffic.IsOpenLoop));
        Assert.Equal((1.5, 20.0, 12, "j", "s"), (settings.Warm.TotalSeconds, settings.Duration.TotalSeconds, settings.Pid, settings.JsonPath, settings.SvgPath));
        Assert.Equal("http://h:1/metrics", settings.Metrics?.ToString());
    }

    [Theory]
    [InlineData("--members 1", "--members")]
    [InlineData("--rooms 0", "--rooms")]
    [InlineData("--senders 0", "--senders")]
    [InlineData("--members 5 --senders 3 --stall 3", "--stall")]
    [InlineData("--size 20", "--size")]
    [InlineData("--big 20", "--big")]
    [InlineData("--chunk 100", "--chunk")]
    [InlineData("--duration 0", "--duration")]
    [InlineData("--rate -1", "--rate")]
    [InlineData("--path-file x", "--path-file")]
    [InlineData("--accounts x --count 0", "--count")]
    public void WhatCannotBeIsSaid(string arguments, string named) =>
        Assert.Contains(named, Assert.Single(Read(arguments).Problems()), StringComparison.Ordinal);

    [Theory]
    [InlineData("--failure-report maybe")]
    [InlineData("--metrics ftp://x")]
    [InlineData("--members many")]
    public void WhatCannotBeReadIsAUsageError(string arguments) => Assert.NotEmpty(RunCommand.Create().Parse(arguments).Errors);

    [Fact]
    public void TheApplianceAcceptsTheConfigurationThatIsWritten()
    {
        var json = ServerConfiguration.Write(["lobby", "lobby-1", "lobby-2"], AccountPool.Numbered("load", 30, "load-secret"));
        var (options, problems) = ConfigurationText.Load(json);

        Assert.Empty(problems);
        Assert.Equal((30, 3), (options.Accounts.Count, options.Rooms.Count));
        Assert.Equal("load-secret", options.Accounts[29].Password);
    }

    private static RunSettings Read(string arguments) => RunCommand.Read(RunCommand.Create().Parse(arguments));
}
