using OmaIm.Load.Measuring;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Measuring;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void AnEmptyOneSaysZero()
    {
        var latencies = new LatencyHistogram();

        Assert.Equal((0, 0, 0), (latencies.Count, latencies.Maximum, latencies.ValueAt(0.99)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1_000_003)]
    [InlineData(999_999_999)]
    [InlineData(60_000_000_000)]
    public void AValueIsKnownToOnePercent(long value)
    {
        var latencies = new LatencyHistogram();
        latencies.Record(value);
        latencies.Record(long.MaxValue); // so that the maximum does not help

        Assert.InRange(latencies.ValueAt(0.5), value, value + (value / 100));
    }

    [Fact]
    public void ValuesOfNeighbouringBucketsDoNotOverlap()
    {
        var previous = -1L;
        for (var value = 0L; value < 1_000_000; value = Math.Max(value + 1, value + (value / 90)))
        {
            var latencies = new LatencyHistogram();
            latencies.Record(value);
            latencies.Record(long.MaxValue);
            Assert.True(latencies.ValueAt(0.5) > previous, $"at {value}");
            previous = latencies.ValueAt(0.5);
        }
    }

    [Fact]
    public void PercentilesAreThoseOfTheSortedValues()
    {
        var latencies = new LatencyHistogram();
        for (var value = 1; value <= 1000; value++)
        {
            latencies.Record(value * 1000);
        }

        Assert.InRange(latencies.ValueAt(0.5), 500_000, 505_000);
        Assert.InRange(latencies.ValueAt(0.99), 990_000, 1_000_000);
        Assert.Equal(1_000_000, latencies.ValueAt(1));
        Assert.InRange(latencies.ValueAt(0), 1000, 1010);
    }

    [Fact]
    public void TheMaximumIsExactEvenBeyondTheLastBucket()
    {
        var latencies = new LatencyHistogram();
        latencies.Record(5);
        latencies.Record(123_456_789_012);

        Assert.Equal(123_456_789_012, latencies.Maximum);
        Assert.Equal(123_456_789_012, latencies.ValueAt(0.999));
    }

    [Fact]
    public void AClockThatWentBackwardsCountsAsZero()
    {
        var latencies = new LatencyHistogram();
        latencies.Record(-7);

        Assert.Equal((1, 0), (latencies.Count, latencies.ValueAt(0.5)));
    }

    [Fact]
    public void AddingIsAsIfAllHadBeenRecordedInOne()
    {
        var (one, other, both) = (new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram());
        for (var value = 1; value < 5000; value += 7)
        {
            (value % 2 == 0 ? one : other).Record(value);
            both.Record(value);
        }

        one.Add(other);

        Assert.Equal(both.Count, one.Count);
        Assert.Equal(both.Maximum, one.Maximum);
        Assert.All(new[] { 0.1, 0.5, 0.9, 0.99 }, quantile => Assert.Equal(both.ValueAt(quantile), one.ValueAt(quantile)));
    }

    [Fact]
    public void ClearingForgetsEverything()
    {
        var latencies = new LatencyHistogram();
        latencies.Record(1_000_000);

        latencies.Clear();
        latencies.Record(10);

        Assert.Equal((1, 10, 10), (latencies.Count, latencies.Maximum, latencies.ValueAt(1)));
    }

    [Fact]
    public void RecordingAllocatesNothing()
    {
        var latencies = new LatencyHistogram();
        latencies.Record(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var value = 0; value < 10_000; value++)
        {
            latencies.Record(value * 1000L);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
