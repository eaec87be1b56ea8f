using OmaIm.Client;
using Xunit;

namespace OmaIm.Tests.Unit.Client;

public sealed class BackOffTests
{
    [Fact]
    public void WaitsDoubleUpToTheLongestAndAreJittered()
    {
        var backOff = new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        double[] bounds = [1, 2, 4, 8, 16, 30, 30];
        foreach (var bound in bounds)
        {
            Assert.InRange(backOff.Next().TotalSeconds, bound / 2, bound);
        }

        for (var i = 0; i < 100; i++)
        {
            Assert.InRange(backOff.Next().TotalSeconds, 15, 30);
        }
    }

    [Fact]
    public void SuccessStartsFromTheFirstWait()
    {
        var backOff = new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        for (var i = 0; i < 10; i++)
        {
            backOff.Next();
        }

        backOff.Reset();
        Assert.InRange(backOff.Next().TotalSeconds, 0.5, 1);
    }

    [Fact]
    public void TwoClientsDoNotWaitTheSame()
    {
        var waits = Enumerable.Range(0, 100).Select(_ => new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)).Next()).Distinct();
        Assert.True(waits.Count() > 20);
    }
}
