using OmaIm.Load.Measuring;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Measuring;

public sealed class LinearTrendTests
{
    [Fact]
    public void ALineIsFoundExactly()
    {
        var trend = LinearTrend.Of([(10, 100), (20, 101), (30, 102), (40, 103)])!;

        Assert.Equal((10, 40), (trend.From, trend.To));
        Assert.Equal(100, trend.Start, 9);
        Assert.Equal(0.1, trend.PerSecond, 9);
        Assert.Equal(0, trend.ErrorPerSecond, 9);
        Assert.Equal(360, trend.PercentPerHour, 6);
    }

    [Fact]
    public void NoiseIsAveragedOutAndItsSizeIsKnown()
    {
        // Residues 1, -1, -1, 1 around 5: sum of squares 4, spread of the times 5, so the error is sqrt(4 / 2 / 5).
        var trend = LinearTrend.Of([(0, 6), (1, 4), (2, 4), (3, 6)])!;

        Assert.Equal(0, trend.PerSecond, 9);
        Assert.Equal(5, trend.Start, 9);
        Assert.Equal(Math.Sqrt(0.4), trend.ErrorPerSecond, 9);
    }

    [Fact]
    public void TheFirstQuarterIsWarmUp()
    {
        // Rises for a quarter of the time, then stands still.
        var points = Enumerable.Range(0, 101).Select(second => ((double)second, (double)Math.Min(second, 25) * 1000)).ToList();
        var trend = LinearTrend.AfterWarmUp(points)!;

        Assert.Equal(25, trend.From);
        Assert.Equal(0, trend.PercentPerHour, 9);
    }

    [Fact]
    public void TooFewPointsHaveNoTrend()
    {
        Assert.Null(LinearTrend.AfterWarmUp([]));
        Assert.Null(LinearTrend.Of([(0, 1), (1, 2)]));
        Assert.Null(LinearTrend.Of([(1, 1), (1, 2), (1, 3)]));
    }
}
