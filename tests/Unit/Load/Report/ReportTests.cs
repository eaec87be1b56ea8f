using System.Text;
using System.Text.Json;
using OmaIm.Load.Measuring;
using OmaIm.Load.Report;
using OmaIm.Protocols.Text;
using Spectre.Console;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Report;

public sealed class ReportTests
{
    private static readonly LatencySummary Latency = new(120, 400, 900, 2500, 7000);

    private static readonly LoadReport Good = new()
    {
        Workload = new Workload { Rooms = 2, Members = 1000, Senders = 1, TextBytes = 64, Window = 3, FailureReport = "yes" },
        JoinSeconds = 1.5,
        Seconds = 10,
        Messages = 1000,
        Deliveries = 5_000_000,
        Compared = 300_000,
        LatencyMicroseconds = Latency,
        Server = new ServerUse { DeliveriesPerCpuSecond = 1_234_567 },
        DriverCpuPercent = 40,
        Faults = new Faults(),
        Timeline = [new TimelinePoint(5, 500_000, Latency), new TimelinePoint(10, 510_000, Latency with { Maximum = 20_000 })],
        Percentiles = [new PercentilePoint(0, 80), new PercentilePoint(0.5, 120), new PercentilePoint(0.999, 2500)],
    };

    [Fact]
    public void TheWorkloadIsSaidInWords()
    {
        Assert.Equal("2 rooms of 1,000, 1 sender each, 64 B, 3 in flight", Good.Workload.ToString());
        Assert.Equal("1,000 one-to-one sessions, 1 sender each, 64 B, 3 in flight", (Good.Workload with { Rooms = 1000, Members = 2, AreSessions = true }).ToString());
        Assert.EndsWith("2,000 messages/s", (Good.Workload with { Window = null, Rate = 2000 }).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TheTableNamesEveryKindOfFault()
    {
        var faults = new Faults { Missing = 11, Doubled = 12, OutOfOrder = 13, Damaged = 14, Strayed = 15, Refused = 16, Overdue = 17, Lost = 18 };
        var table = Render(ResultTable.Create(Good with { Faults = faults }));

        Assert.All(Enumerable.Range(11, 8), count => Assert.Contains($" {count} ", table, StringComparison.Ordinal));
        Assert.Equal(116, faults.Total);
    }

    [Fact]
    public void TheTableTellsWhatIsNotKnownFromZero()
    {
        var table = Render(ResultTable.Create(Good));

        Assert.Contains("1,234,567", table, StringComparison.Ordinal);
        Assert.Matches(@"server CPU +- ", table);
        Assert.Matches(@"missing +0 ", table);
    }

    [Fact]
    public void JsonHoldsTheFiguresUnderTheirNames()
    {
        using var json = JsonDocument.Parse(JsonReport.Write(Good));
        var root = json.RootElement;

        Assert.Equal(500_000, root.GetProperty("deliveriesPerSecond").GetDouble());
        Assert.Equal(900, root.GetProperty("latencyMicroseconds").GetProperty("p99").GetDouble());
        Assert.Equal(0, root.GetProperty("faults").GetProperty("total").GetInt64());
        Assert.Equal(2, root.GetProperty("timeline").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("server").GetProperty("cpuPercent").ValueKind);
    }

    [Fact]
    public void TheChartIsWellFormedAndShowsEveryPoint()
    {
        Assert.True(SafeXml.TryLoad(Encoding.UTF8.GetBytes(LatencyChart.Draw(Good)), out var svg));
        var curves = svg.Descendants().Where(element => element.Name.LocalName == "polyline").Select(element => element.Attribute("points")!.Value).ToList();

        Assert.Equal(7, curves.Count); // three curves over time with their samples in the legend, one by percentile
        Assert.Equal(3, curves[^1].Split(' ').Length);
        Assert.All(curves, curve => Assert.Matches(@"^\d+(\.\d)?,\d+(\.\d)?( \d+(\.\d)?,\d+(\.\d)?)+$", curve));
    }

    [Fact]
    public void ARunWithoutADeliveryIsDrawnToo()
    {
        var nothing = Good with { Deliveries = 0, Timeline = [], Percentiles = [] };

        Assert.DoesNotContain("NaN", LatencyChart.Draw(nothing), StringComparison.Ordinal);
    }

    private static string Render(Table table)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 120;
        console.Write(table);
        return writer.ToString();
    }
}
