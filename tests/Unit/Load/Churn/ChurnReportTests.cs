using OmaIm.Load.Churn;
using OmaIm.Load.Measuring;
using OmaIm.Load.Report;
using OmaIm.Load.Traffic;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Churn;

public sealed class ChurnReportTests
{
    private static readonly ChurnReport AtTheLimit = new()
    {
        Workload = new Workload { Rooms = 1, Members = 100, Senders = 10, TextBytes = 64, Rate = 100, FailureReport = "yes" },
        Before = Stretch(p99: 10_000),
        Beside = Stretch(p99: 15_000),
        Made = 20_000,
        ConnectionsPerSecondAsked = 1000,
        KnockedSeconds = 20,
        Failed = 0,
        SlowestConnectMilliseconds = 1000,
        Accepted = 20_500,
        Silent = 500,
        SilentClosed = 500,
        FirstClosedSeconds = 10,
        LastClosedSeconds = 12,
        FirstByteSeconds = 10,
        DescriptorsBefore = 129,
        ConnectionsMost = 700,
        DescriptorsAfter = 129,
        NewcomerRefused = null,
        Faults = new Faults(),
    };

    [Fact]
    public void WhatIsExactlyAllowedPasses() => Assert.All(AtTheLimit.Criteria, criterion => Assert.True(criterion.Holds, criterion.Name));

    [Fact]
    public void WithoutSilentConnectionsNoTimeIsDemanded() =>
        Assert.True((AtTheLimit with { Silent = 0, SilentClosed = 0, FirstClosedSeconds = null, LastClosedSeconds = null }).Passed);

    public static TheoryData<string> Faulty => new(Cases.Keys);

    [Theory]
    [MemberData(nameof(Faulty))]
    public void EveryDemandCanFailAlone(string what)
    {
        var report = Cases[what];

        Assert.False(report.Passed);
        Assert.Single(report.Criteria, criterion => !criterion.Holds);
    }

    private static readonly Dictionary<string, ChurnReport> Cases = new(StringComparer.Ordinal)
    {
        ["members wait"] = AtTheLimit with { Beside = Stretch(p99: 15_010) },
        ["a connection is refused"] = AtTheLimit with { Failed = 1 },
        ["accepting pauses"] = AtTheLimit with { SlowestConnectMilliseconds = 1003 },
        ["accepting stops"] = AtTheLimit with { Accepted = 20_499 },
        ["a silent one stays"] = AtTheLimit with { SilentClosed = 499 },
        ["a silent one stays too long"] = AtTheLimit with { LastClosedSeconds = 12.1 },
        ["a descriptor is left"] = AtTheLimit with { DescriptorsAfter = 130 },
        ["nobody comes in"] = AtTheLimit with { NewcomerRefused = "503" },
        ["a member is lost"] = AtTheLimit with { Faults = new Faults { Lost = 1 } },
    };

    private static Stretch Stretch(double p99) => new(20, 198_000, new LatencySummary(1, 2, p99, 4, 5));
}
