using System.Net;
using OmaIm.Load;
using OmaIm.Load.Anchor;
using OmaIm.Load.Commands;
using OmaIm.Load.Joining;
using OmaIm.Load.Neighbours;
using OmaIm.Protocols.Msrp;
using OmaIm.Server.Core;
using OmaIm.Tests.Unit.Appliance.Configuration;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Commands;

public sealed class CommandTests
{
    [Fact]
    public void TheDefaultsAreARunThatADemoServerTakes()
    {
        var settings = Read("");

        Assert.Empty(Execution.Problems(settings.Rules));
        Assert.Equal(["sip:lobby@rooms.localhost"], settings.Target.Join.Rooms);
        Assert.Equal(["alice", "bob", "carol", "dave"], settings.Target.Join.Accounts.Users);
        Assert.Equal(FailureReport.Yes, settings.Traffic.FailureReport);
    }

    [Fact]
    public void EveryOptionArrives()
    {
        var settings = Read(
            "--rooms 2 --members 50 --senders 5 --size 1024 --rate 900 --warm 1.5 --duration 20 --failure-report no --stall 3 --big 5000 "
            + "--accounts u --count 7 --password p --pid 12 --metrics http://h:1/metrics --json j --svg s --check 4 --chunk 2048");

        Assert.Empty(Execution.Problems(settings.Rules));
        Assert.Equal((2, 50, 7), (settings.Target.Join.Rooms.Count, settings.Target.Join.Members, settings.Target.Join.Accounts.Users.Count));
        Assert.Equal((5, 1024, 900, 3, 5000), (settings.Traffic.Senders, settings.Traffic.TextLength, settings.Traffic.Rate, settings.Traffic.Stalled, settings.Traffic.BigLength));
        Assert.Equal((4, 2048, FailureReport.No, true), (settings.Traffic.CheckEvery, settings.Traffic.ChunkLength, settings.Traffic.FailureReport, settings.Traffic.IsOpenLoop));
        Assert.Equal((1.5, 20.0, 12, "j", "s"), (settings.Warm.TotalSeconds, settings.Duration.TotalSeconds, settings.Target.Pid, settings.Target.JsonPath, settings.SvgPath));
        Assert.Equal("http://h:1/metrics", settings.Target.Metrics?.ToString());
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
    [InlineData("--sessions -1", "--sessions")]
    [InlineData("--sessions 5 --accounts x --count 1", "--sessions")]
    [InlineData("--sessions 5 --senders 3", "--senders")]
    public void WhatCannotBeIsSaid(string arguments, string named) =>
        Assert.Contains(named, Assert.Single(Execution.Problems(Read(arguments).Rules)), StringComparison.Ordinal);

    [Fact]
    public void SessionsTakeThePlaceOfRooms()
    {
        var settings = Read("--sessions 3 --senders 2 --domain example.com");

        Assert.Empty(Execution.Problems(settings.Rules));
        Assert.Equal((true, 6, 2), (settings.AreSessions, settings.Target.TotalMembers, settings.Target.Join.Members));
        Assert.Equal("sip:session-3@example.com", settings.Target.Join.Rooms[2]);
        Assert.False(Read("").AreSessions);
    }

    [Fact]
    public void EveryOptionOfAFileArrives()
    {
        var settings = ReadFile("--server h:5 --accounts u --count 2 --pid 12 --json j --megabytes 30 --runs 2 --growth 4 --percent 70");

        Assert.Empty(Execution.Problems(settings.Rules));
        Assert.Equal(("h:5", 2, 12, "j"), (settings.Target.Join.Server, settings.Target.Join.Accounts.Users.Count, settings.Target.Pid, settings.Target.JsonPath));
        Assert.Equal((30, 2, 4.0, 70.0), (settings.Megabytes, settings.Runs, settings.GrowthLimit, settings.LeastPercent));
    }

    [Theory]
    [InlineData("", "--pid")]
    [InlineData("--pid 1 --megabytes 0", "--megabytes")]
    [InlineData("--pid 1 --runs 0", "--runs")]
    [InlineData("--pid 1 --accounts x --count 1", "accounts")]
    public void WhatAFileCannotBeIsSaid(string arguments, string named) =>
        Assert.Contains(named, Assert.Single(Execution.Problems(ReadFile(arguments).Rules)), StringComparison.Ordinal);

    [Fact]
    public void EveryOptionOfASoakArrives()
    {
        var settings = SoakCommand.Read(SoakCommand.Create().Parse(
            "--rooms 2 --members 200 --senders 5 --rate 900 --minutes 3 --churn 7 --killed 50 --stalled 2 --slope 3 --interval 2 --pid 12 --svg s --json j"));

        Assert.Empty(Execution.Problems(settings.Rules));
        Assert.Equal((2, 200, 5, 900, 4), (settings.Target.Join.Rooms.Count, settings.Target.Join.Members, settings.Traffic.Senders, settings.Traffic.Rate, settings.Traffic.Stalled));
        Assert.Equal((180.0, 2.0, 7, 50, 3), (settings.Duration.TotalSeconds, settings.Interval.TotalSeconds, settings.Churn, settings.KilledPercent, settings.SlopeLimit));
        Assert.Equal((100, "s", "j"), (settings.Staying, settings.SvgPath, settings.Target.JsonPath));
    }

    [Theory]
    [InlineData("", "--pid")]
    [InlineData("--pid 1 --rate 0", "--rate")]
    [InlineData("--pid 1 --minutes 0", "--minutes")]
    [InlineData("--pid 1 --killed 101", "--killed")]
    [InlineData("--pid 1 --members 2 --senders 1", "--members")]
    public void WhatASoakCannotBeIsSaid(string arguments, string named) =>
        Assert.Contains(named, Assert.Single(Execution.Problems(SoakCommand.Read(SoakCommand.Create().Parse(arguments)).Rules)), StringComparison.Ordinal);

    [Fact]
    public void EveryOptionOfTheOtherScenariosArrives()
    {
        var stall = StallCommand.Read(StallCommand.Create().Parse("--rooms 2 --members 50 --stall 3 --rate 20 --warm 1 --before 2 --patience 30 --pid 12"));
        var churn = ChurnCommand.Read(ChurnCommand.Create().Parse(
            "--connections 500 --silent 40 --silent-rate 8 --first-byte 3 --warm 1 --duration 2 --pid 12 --metrics http://h:1/metrics"));
        var idle = IdleCommand.Read(IdleCommand.Create().Parse("--rooms 19 --sip 9 --msrp 3 --rest 1 --pid 12"));

        Assert.Empty(Execution.Problems([.. stall.Rules, .. churn.Rules, .. idle.Rules]));
        Assert.Equal((6, 20, 1.0, 2.0, 30.0), (stall.Stalled, stall.Traffic.Rate, stall.Warm.TotalSeconds, stall.Before.TotalSeconds, stall.Patience.TotalSeconds));
        Assert.Equal((500, 40, 3.0, 1.0, 2.0), (churn.Connections, churn.Silent, churn.FirstByte.TotalSeconds, churn.Warm.TotalSeconds, churn.Duration.TotalSeconds));
        Assert.Equal(5.0, churn.SilentTime.TotalSeconds);
        Assert.Equal((19_000, 9, 3, 1.0), (idle.Target.TotalMembers, idle.SipLimit, idle.MsrpLimit, idle.Rest.TotalSeconds));
    }

    [Theory]
    [InlineData("", "--pid")]
    [InlineData("--pid 1 --stall 0", "--stall")]
    [InlineData("--pid 1 --members 20 --stall 10", "--stall")]
    [InlineData("--pid 1 --rate 0", "--rate")]
    [InlineData("--pid 1 --patience 0", "--patience")]
    public void WhatStallCannotBeIsSaid(string arguments, string named) =>
        Assert.Contains(named, Assert.Single(Execution.Problems(StallCommand.Read(StallCommand.Create().Parse(arguments)).Rules)), StringComparison.Ordinal);

    [Theory]
    [InlineData("--pid 1", "--metrics")]
    [InlineData("--metrics http://h/ ", "--pid")]
    [InlineData("--pid 1 --metrics http://h/ --connections 0", "--connections")]
    [InlineData("--pid 1 --metrics http://h/ --silent -1", "--silent")]
    [InlineData("--pid 1 --metrics http://h/ --first-byte 0", "--first-byte")]
    public void WhatChurnCannotBeIsSaid(string arguments, string named) =>
        Assert.Contains(named, Assert.Single(Execution.Problems(ChurnCommand.Read(ChurnCommand.Create().Parse(arguments)).Rules)), StringComparison.Ordinal);

    [Theory]
    [InlineData("--failure-report maybe")]
    [InlineData("--metrics ftp://x")]
    [InlineData("--members many")]
    public void WhatCannotBeReadIsAUsageError(string arguments) => Assert.NotEmpty(RunCommand.Create().Parse(arguments).Errors);

    [Theory]
    [InlineData("mosquitto --server 127.0.0.1:1883")]
    [InlineData("nats")]
    [InlineData("nats --server somewhere")]
    [InlineData("anchor --server 127.0.0.1:2855 --paths /nowhere/members.txt")]
    public void ANeighbourHasAProtocolAndAnAddress(string arguments) => Assert.NotEmpty(NeighbourCommand.Create().Parse(arguments).Errors);

    [Fact]
    public void EveryOptionOfANeighbourArrives()
    {
        var plan = ReadNeighbour("--topics 3 --members 50 --senders 5 --size 100 --window 7 --warm 1.5 --duration 2 --pid 12 --json j");

        Assert.Empty(Execution.Problems(plan.Rules));
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 4222), plan.Server);
        Assert.Equal((3, 50, 5, 100, 7), (plan.Topics, plan.Members, plan.Senders, plan.TextLength, plan.Window));
        Assert.Equal((1.5, 2.0, 12, "j"), (plan.Warm.TotalSeconds, plan.Duration.TotalSeconds, plan.Pid, plan.JsonPath));
    }

    [Theory]
    [InlineData("--topics 0", "--topics")]
    [InlineData("--members 1", "--members")]
    [InlineData("--members 5 --senders 6", "--senders")]
    [InlineData("--window 0", "--window")]
    [InlineData("--size 20", "--size")]
    [InlineData("--warm -1", "--warm")]
    [InlineData("--duration 0", "--duration")]
    public void WhatANeighbourCannotBeIsSaid(string arguments, string named) =>
        Assert.Contains(named, Assert.Single(Execution.Problems(ReadNeighbour(arguments).Rules)), StringComparison.Ordinal);

    [Fact]
    public void TheApplianceAcceptsTheConfigurationThatIsWritten()
    {
        var json = ServerConfiguration.Write(["lobby", "lobby-1", "lobby-2"], AccountPool.Numbered("load", 30, "load-secret"));
        var (options, problems) = ConfigurationText.Load(json);

        Assert.Empty(problems);
        Assert.Equal((30, 3), (options.Accounts.Count, options.Rooms.Count));
        Assert.Equal("load-secret", options.Accounts[29].Password);
        Assert.True(options.Sessions is { Mode: SessionMode.Relay, SessionsPerUser: >= 1000, MaxSessions: >= 1000, RecoverySeconds: >= 600 });
    }

    private static FileSettings ReadFile(string arguments) => FileCommand.Read(FileCommand.Create().Parse(arguments));

    private static NeighbourPlan ReadNeighbour(string arguments) =>
        NeighbourCommand.Read(NeighbourCommand.Create().Parse("nats --server 127.0.0.1:4222 " + arguments));

    private static RunSettings Read(string arguments) => RunCommand.Read(RunCommand.Create().Parse(arguments));
}
