using System.Text.Json;
using OmaIm.Load.Measuring;
using OmaIm.Load.Report;
using OmaIm.Load.Stall;
using OmaIm.Load.Traffic;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Stall;

public sealed class StallingReportTests
{
    // 1,000 members of which 10 stall; 10 messages a second. Beside, p99 is exactly what is allowed: 1.1 times 10 ms, and 2 ms.
    private static readonly StallingReport AtTheLimit = new()
    {
        Workload = new Workload { Rooms = 1, Members = 1000, Senders = 10, TextBytes = 1024, Rate = 10, FailureReport = "yes" },
        Stalled = 10,
        Reading = 990,
        PatienceSeconds = 60,
        Before = Stretch(10_000, p99: 10_000),
        Beside = Stretch(9_900, p99: 13_000),
        ResidentBytesBefore = 100 << 20,
        ResidentBytesBeside = (100 << 20) + (10 * 256 * 1024),
        CutOff = 10,
        FirstCutOffSeconds = 3,
        LastCutOffSeconds = 4,
        Faults = new Faults(),
    };

    [Fact]
    public void WhatIsExactlyAllowedPasses()
    {
        Assert.All(AtTheLimit.Criteria, criterion => Assert.True(criterion.Holds, criterion.Name));
        Assert.Equal(100, AtTheLimit.ThroughputPercent, 9);
        Assert.Equal(256 * 1024, AtTheLimit.BytesAStalledMember);
    }

    public static TheoryData<string> Faulty => new(Cases.Keys);

    [Theory]
    [MemberData(nameof(Faulty))]
    public void EveryDemandCanFailAlone(string what)
    {
        var report = Cases[what];

        Assert.False(report.Passed);
        Assert.Single(report.Criteria, criterion => !criterion.Holds);
    }

    [Fact]
    public void JsonHoldsBothStretches()
    {
        using var json = JsonDocument.Parse(JsonReport.Write(AtTheLimit));

        Assert.Equal(13_000, json.RootElement.GetProperty("beside").GetProperty("latencyMicroseconds").GetProperty("p99").GetDouble());
        Assert.True(json.RootElement.GetProperty("passed").GetBoolean());
    }

    private static readonly Dictionary<string, StallingReport> Cases = new(StringComparer.Ordinal)
    {
        ["the others wait"] = AtTheLimit with { Beside = Stretch(9_900, p99: 13_010) },
        ["the others get less"] = AtTheLimit with { Beside = Stretch(9_300, p99: 13_000) },
        ["memory for each"] = AtTheLimit with { ResidentBytesBeside = (100 << 20) + (10 * 257 * 1024) },
        ["memory is not known"] = AtTheLimit with { ResidentBytesBeside = null },
        ["one is never cut off"] = AtTheLimit with { CutOff = 9 },
        ["one who reads is lost"] = AtTheLimit with { Faults = new Faults { Lost = 1 } },
    };

    private static Stretch Stretch(long deliveriesPerSecond, double p99) => new(10, 10 * deliveriesPerSecond, new LatencySummary(1, 2, p99, 4, 5));
}
