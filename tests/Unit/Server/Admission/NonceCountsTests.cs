using OmaIm.Server.Admission;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Admission;

public sealed class NonceCountsTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    [Fact]
    public void CountsMayOnlyRiseAndMayLeaveGaps()
    {
        var counts = new NonceCounts(10, Lifetime);

        Assert.True(counts.TryUse("n", 0, 1, 0));
        Assert.False(counts.TryUse("n", 0, 1, 0));
        Assert.True(counts.TryUse("n", 0, 5, 0));
        Assert.False(counts.TryUse("n", 0, 4, 0));
        Assert.True(counts.TryUse("n", 0, 6, 0));
    }

    [Fact]
    public void CountZeroIsNoCount() => Assert.False(new NonceCounts(10, Lifetime).TryUse("n", 0, 0, 0));

    [Fact]
    public void EveryNonceCountsForItself()
    {
        var counts = new NonceCounts(10, Lifetime);

        Assert.True(counts.TryUse("n", 0, 9, 0));
        Assert.True(counts.TryUse("m", 0, 1, 0));
    }

    [Fact]
    public void AFullTableForgetsTheOldestAndStillAllowsNoReplay()
    {
        var counts = new NonceCounts(2, Lifetime);
        counts.TryUse("first", 100, 1, 100);
        counts.TryUse("second", 200, 1, 200);
        counts.TryUse("third", 300, 1, 300);

        Assert.Equal(2, counts.Count);
        Assert.False(counts.TryUse("first", 100, 2, 300));
        Assert.False(counts.TryUse("as old, never used", 100, 1, 300));
        Assert.True(counts.TryUse("second", 200, 2, 300));
    }

    [Fact]
    public void EntriesGoWhenTheirNonceIsNoLongerValid()
    {
        var counts = new NonceCounts(10, Lifetime);
        counts.TryUse("n", 0, 1, 0);
        var later = (long)Lifetime.TotalMilliseconds + 1;
        counts.TryUse("m", later, 1, later);

        Assert.Equal(1, counts.Count);
    }
}
