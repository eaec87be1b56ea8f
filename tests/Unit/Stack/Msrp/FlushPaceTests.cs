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
    private long _writes;

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

    [Fact]
    public void WhereWaitingBringsNoMoreIntoAWriteItEndsUntilTheNextTrial()
    {
        Deliver(150_000, TimeSpan.FromMilliseconds(200));
        Assert.True(_pace.IsWaiting(_now));

        // One message in flight: each member is written to for one delivery, however long that waits.
        Deliver(150_000, TimeSpan.FromMilliseconds(100), perWrite: 1);
        Assert.False(_pace.IsWaiting(_now));
        var trials = 0;
        for (var window = 0; window < 150; window++)
        {
            Deliver(150_000, TimeSpan.FromMilliseconds(20), perWrite: 1);
            trials += _pace.IsWaiting(_now) ? 1 : 0;
        }

        Assert.InRange(trials, 2, 4);
        Deliver(150_000, TimeSpan.FromMilliseconds(1200), perWrite: 10);
        Assert.True(_pace.IsWaiting(_now));
    }

    private void Deliver(int perSecond, TimeSpan time, int perWrite = 10)
    {
        var end = _now + (long)(time.TotalSeconds * TicksPerSecond);
        while (_now < end)
        {
            _now += 1000;
            _deliveries += perSecond / 1000;
            _writes += perSecond / 1000 / perWrite;
            _pace.Flushed(_now, _deliveries, _writes);
        }
    }
}
