using System.Diagnostics.Metrics;
using OmaIm.Appliance.Metrics;
using Xunit;

namespace OmaIm.Tests.Unit.Appliance.Metrics;

public sealed class MetricsCollectorTests : IDisposable
{
    /// <summary>A meter name of its own for each test: meters are global, and tests run at the same time.</summary>
    private readonly string _meterName = "Test." + Guid.NewGuid().ToString("N");
    private readonly Meter _meter;
    private readonly MetricsCollector _collector;

    public MetricsCollectorTests()
    {
        _meter = new Meter(_meterName);
        _collector = new MetricsCollector(_meterName);
    }

    public void Dispose()
    {
        _collector.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void CountersAndGaugesAreWrittenInTheExpositionFormat()
    {
        var counter = _meter.CreateCounter<long>("sip.messages", null, "Messages\nreceived.");
        var gauge = _meter.CreateGauge<double>("queue.size", "By", "Waiting.");
        counter.Add(2, new KeyValuePair<string, object?>("method", "INVITE"));
        counter.Add(1, new KeyValuePair<string, object?>("method", "INVITE"));
        counter.Add(1, new("method", "a\"b\\c\nd"), new("over.tcp", true));
        gauge.Record(7);
        gauge.Record(1.5);

        Assert.Equal(
            """
            # HELP queue_size_bytes Waiting.
            # TYPE queue_size_bytes gauge
            queue_size_bytes 1.5
            # HELP sip_messages_total Messages\nreceived.
            # TYPE sip_messages_total counter
            sip_messages_total{method="INVITE"} 3
            sip_messages_total{method="a\"b\\c\nd",over_tcp="True"} 1

            """.ReplaceLineEndings("\n"),
            _collector.Collect());
    }

    [Fact]
    public void AHistogramHasCumulativeBucketsSumAndCount()
    {
        var histogram = _meter.CreateHistogram("wait", "s", "Waited.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (var value in new[] { 0.0625, 0.1, 0.5, 2 })
        {
            histogram.Record(value);
        }

        Assert.Equal(
            """
            # HELP wait_seconds Waited.
            # TYPE wait_seconds histogram
            wait_seconds_bucket{le="0.1"} 2
            wait_seconds_bucket{le="1"} 3
            wait_seconds_bucket{le="+Inf"} 4
            wait_seconds_sum 2.6625
            wait_seconds_count 4

            """.ReplaceLineEndings("\n"),
            _collector.Collect());
    }

    [Fact]
    public void ObservedValuesAreReadAnewAndTwoInstrumentsOfOneNameAddUp()
    {
        var value = 5L;
        _meter.CreateObservableCounter("bytes.sent", () => value, "By", "");
        using var second = new Meter(_meterName + ".second");
        second.CreateObservableCounter("bytes.sent", () => 100L, "By", "");

        Assert.Contains("bytes_sent_bytes_total 105\n", _collector.Collect(), StringComparison.Ordinal);
        value = 6;
        Assert.Contains("bytes_sent_bytes_total 106\n", _collector.Collect(), StringComparison.Ordinal);
    }

    [Fact]
    public void LabelsThatVaryWithoutEndShareOneSeries()
    {
        var counter = _meter.CreateCounter<int>("flood");
        for (var index = 0; index < 10_000; index++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("user", index));
        }

        var lines = _collector.Collect().Split('\n');

        Assert.InRange(lines.Length, MetricFamily.MaximumSeries, MetricFamily.MaximumSeries + 5);
        Assert.Contains($"flood_total{{overflow=\"true\"}} {10_000 - MetricFamily.MaximumSeries}", lines);
    }

    [Fact]
    public void ALongLabelValueIsCut()
    {
        _meter.CreateCounter<int>("long").Add(1, new KeyValuePair<string, object?>("agent", new string('x', 10_000)));

        Assert.Contains($"long_total{{agent=\"{new string('x', 64)}\"}} 1\n", _collector.Collect(), StringComparison.Ordinal);
    }

    [Fact]
    public void OtherMetersAreNotListenedTo()
    {
        using var stranger = new Meter("Stranger");
        stranger.CreateCounter<int>("stranger.count").Add(1);

        Assert.Empty(_collector.Collect());
    }

    [Fact]
    public void TheProcessTellsItsCpuTimeMemoryAllocationsAndCollections()
    {
        using var collector = new MetricsCollector("OmaIm.Process");
        ProcessMetrics.Publish();

        var names = collector.Collect().Split('\n').Where(line => !line.StartsWith('#')).Select(line => line.Split(' ')[0]).ToList();

        Assert.Contains("process_cpu_seconds_total", names);
        Assert.Contains("process_resident_memory_bytes", names);
        Assert.Contains("dotnet_gc_allocated_bytes_total", names);
        Assert.Contains("dotnet_gc_collections_total{generation=\"2\"}", names);
    }
}
