using System.Text;
using System.Text.Json;
using OmaIm.Load.Measuring;
using OmaIm.Load.Report;
using OmaIm.Load.Soak;
using OmaIm.Protocols.Text;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Soak;

public sealed class SoakReportTests
{
    private static readonly SoakReport Flat = new()
    {
        Workload = new Workload { Rooms = 1, Members = 100, Senders = 10, TextBytes = 64, Rate = 1000, FailureReport = "yes" },
        SlopeLimit = 1,
        Seconds = 100,
        Messages = 100,
        Deliveries = 9900,
        Compared = 600,
        LatencyMicroseconds = new LatencySummary(1, 2, 3, 4, 5),
        ServerCpuPercent = 40,
        Turnover = new TurnoverCounts(),
        Faults = new Faults(),
        DescriptorsBefore = 20,
        DescriptorsAfter = 20,
        ResidentBytesBefore = 60 << 20,
        ResidentBytesAfter = 100 << 20,
        Points = Memory(second => 100 << 20),
    };

    [Fact]
    public void ASoakInWhichNothingGrowsAndNothingIsLostPasses()
    {
        Assert.All(Flat.Criteria, criterion => Assert.True(criterion.Holds, criterion.Name));
        Assert.True(Flat.Passed);
    }

    public static TheoryData<string> Faulty => new(Cases.Keys);

    [Theory]
    [MemberData(nameof(Faulty))]
    public void EveryDemandCanFailAlone(string what)
    {
        var report = Cases[what]();

        Assert.False(report.Passed);
        Assert.Single(report.Criteria, criterion => !criterion.Holds);
    }

    [Fact]
    public void TheMemoryOfTheFirstQuarterIsNotJudged() =>
        Assert.True((Flat with { Points = Memory(second => second < 25 ? second * (1 << 20) : 100 << 20) }).Passed);

    [Fact]
    public void JsonHoldsTheVerdict()
    {
        using var json = JsonDocument.Parse(JsonReport.Write(Flat));

        Assert.True(json.RootElement.GetProperty("passed").GetBoolean());
        Assert.Equal(0, json.RootElement.GetProperty("memory").GetProperty("percentPerHour").GetDouble());
        Assert.Equal(6, json.RootElement.GetProperty("criteria").GetArrayLength());
    }

    [Fact]
    public void TheChartIsWellFormedAndShowsEverySeriesAndTheTrend()
    {
        Assert.True(SafeXml.TryLoad(Encoding.UTF8.GetBytes(SoakChart.Draw(Flat)), out var svg));
        var curves = svg.Descendants().Where(element => element.Name.LocalName == "polyline").Select(element => element.Attribute("points")!.Value).ToList();

        Assert.Equal([21, 2, 21, 21], curves.Select(curve => curve.Split(' ').Length));
        Assert.DoesNotContain("NaN", SoakChart.Draw(Flat with { Points = [] }), StringComparison.Ordinal);
    }

    private static readonly Dictionary<string, Func<SoakReport>> Cases = new(StringComparer.Ordinal)
    {
        ["a delivery is missing"] = () => Flat with { Faults = new Faults { Missing = 1 } },
        ["a member is lost"] = () => Flat with { Faults = new Faults { Lost = 1 } },
        ["a join is refused"] = () => Flat with { Turnover = Failed() },
        ["memory grows by 2 % an hour"] = () => Flat with { Points = Memory(second => (100 << 20) + (long)(second * (2 << 20) / 3600)) },
        ["memory is not known"] = () => Flat with { Points = [] },
        ["a descriptor is left"] = () => Flat with { DescriptorsAfter = 21 },
        ["the server has died"] = () => Flat with { ServerGone = "no such process" },
    };

    private static TurnoverCounts Failed()
    {
        var counts = new TurnoverCounts();
        counts.Fail("486");
        return counts;
    }

    private static IReadOnlyList<SoakPoint> Memory(Func<int, long> bytesAt) =>
        [.. Enumerable.Range(0, 21).Select(index => new SoakPoint(5 * index, bytesAt(5 * index), null, 120, 110, 40, 99, 1500))];
}
