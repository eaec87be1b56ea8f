using OmaIm.Stack.Msrp;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>How long a flush waits for the one before it (decision 0003, point 4).</summary>
public sealed class FlushPaceTests
{
    private const long TicksPerSecond = 1_000_000;

    private static readonly MsrpLoopOptions Options = new() { BusyShare = 0.2, FlushInterval = TimeSpan.FromMilliseconds(20) };

    private readonly FlushPace _pace = new(Options, TicksPerSecond);
    private long _now = TicksPerSecond;

    [Theory]
    [InlineData(1_000, 1_000, 5_000)] // busy all the time without waiting
    [InlineData(2_000, 1_000, 5_000)] // for half of it
    [InlineData(6_000, 1_000, 6_000)] // for a sixth
    [InlineData(100_000, 1_000, 100_000)]
    [InlineData(15_000, 15_000, 35_000)] // however long it works, it waits no longer than the option says
    public void TheLoopRestsUntilItIsBusyForItsShareOnly(long messageEvery, long work, long distance)
    {
        const int Flushes = 100;
        Run(messageEvery, work, Flushes);
        var began = _now;
        Run(messageEvery, work, Flushes);
        Assert.InRange((_now - began) / Flushes, distance * 0.95, distance * 1.05);
    }

    [Fact]
    public void TheFirstMessageAfterQuietLeavesAtOnce()
    {
        Run(1_000, 1_000, 100);
        Assert.True(_pace.IsWaiting(_now));
        _now += TicksPerSecond;
        Assert.False(_pace.IsWaiting(_now));
    }

    [Fact]
    public void WhereWaitingBringsNoMoreIntoAWriteItEndsUntilTheNextTrial()
    {
        // About four seconds, two hundred windows; three of them are trials of a few flushes each.
        Assert.InRange(Run(1_000, 1_000, 2_000, perWrite: 1), 2, 40);
    }

    [Fact]
    public void TrialsInVainBecomeRare()
    {
        Run(1_000, 1_000, 10_000, perWrite: 1);

        // 80 seconds, of which one window in four hundred is a trial.
        Assert.InRange(Run(1_000, 1_000, 40_000, perWrite: 1), 10, 80);
    }

    [Fact]
    public void WritesThatCarryMoreEndTheRestAtOnce()
    {
        Run(1_000, 1_000, 10_000, perWrite: 1);
        Assert.InRange(Run(1_000, 1_000, 100), 80, 100);
    }

    [Theory]
    [InlineData(200_000, 5_000)] // what it saves is worth the wait
    [InlineData(330_000, 3_333)] // half as much again as plenty: half as much again of its time
    [InlineData(400_000, 2_750)]
    [InlineData(2_000_000, 2_222)] // and no more than 2.25 times as much
    public void WhereThereIsPlentyToDeliverItRestsLess(int perSecond, long distance)
    {
        const int Flushes = 200;
        Run(1_000, 1_000, Flushes, perSecond: perSecond);
        var began = _now;
        Run(1_000, 1_000, Flushes, perSecond: perSecond);
        Assert.InRange((_now - began) / Flushes, distance * 0.95, distance * 1.05);
    }

    [Fact]
    public void AFlushThatTheMachineHeldUpIsNotFollowedByARestThatIsLongerStill()
    {
        Run(1_000, 1_000, 100);
        var usual = _pace.Interval;
        Run(1_000, 2_000, 1);
        Assert.InRange(_pace.Interval, usual, usual * 1.2);
    }

    [Fact]
    public void LongMessagesTeachItNothing()
    {
        Run(1_000, 1_000, 100);
        var wait = _pace.Interval;
        for (var flush = 0; flush < 100; flush++)
        {
            _now += 50_000;
            _pace.FlushedStream(_now);
        }

        Assert.Equal(wait, _pace.Interval);
        Assert.Equal(_now + wait, _pace.Due);
    }

    /// <summary>Messages come at a fixed distance, or as fast as they are flushed; returns how many flushes were waited for.</summary>
    private int Run(long messageEvery, long work, int flushes, int perWrite = 10, int perSecond = 0)
    {
        var waits = 0;
        var message = _now;
        for (var flush = 0; flush < flushes; flush++)
        {
            message = Math.Max(message + messageEvery, _now);
            waits += _pace.Due > message ? 1 : 0;
            var last = _now;
            _now = Math.Max(message, _pace.Due) + work;
            _pace.Flushed(_now - work, _now, perSecond > 0 ? perSecond * (_now - last) / TicksPerSecond : 100 * perWrite, 100);
        }

        return waits;
    }
}
