using OmaIm.Stack.Msrp;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>How long a flush waits for the one before it (decision 0003, point 4).</summary>
public sealed class FlushPaceTests
{
    private const long TicksPerSecond = 1_000_000;

    private static readonly MsrpLoopOptions Options = new() { EagerDeliveries = 50_000, FlushInterval = TimeSpan.FromMilliseconds(5) };

    private readonly FlushPace _pace = new(Options, TicksPerSecond);
    private long _now = TicksPerSecond;
    private long _deliveries;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(50_000, 0)]
    [InlineData(100_000, 2_500)]
    [InlineData(150_000, 5_000)]
    [InlineData(10_000_000, 5_000)]
    public void TheWaitGrowsWithTheLoad(int deliveriesPerSecond, long wait)
    {
        Deliver(deliveriesPerSecond, TimeSpan.FromMilliseconds(200));
        Assert.InRange(_pace.Due - _now, wait - 10, wait + 10);
    }

    [Fact]
    public void TheFirstMessageAfterQuietLeavesAtOnce()
    {
        Deliver(1_000_000, TimeSpan.FromMilliseconds(200));
        _now += TicksPerSecond;
        Assert.True(_pace.Due <= _now);
        Deliver(100, TimeSpan.FromMilliseconds(200));
        Assert.Equal(_now, _pace.Due);
    }

    private void Deliver(int perSecond, TimeSpan time)
    {
        var end = _now + (long)(time.TotalSeconds * TicksPerSecond);
        while (_now < end)
        {
            _now += 1000;
            _deliveries += perSecond / 1000;
            _pace.Flushed(_now, _deliveries);
        }
    }
}
