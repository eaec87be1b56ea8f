using OmaIm.Stack.Timing;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Timing;

public sealed class TimerWheelTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ControlLoop _loop;
    private readonly List<string> _fired = [];

    public TimerWheelTests() => _loop = new ControlLoop(_time);

    public void Dispose() => _loop.Dispose();

    [Fact]
    public void TimerFiresAtItsTimeNotBefore()
    {
        Arm("a", 500);

        Pass(499.9);
        Assert.Empty(_fired);

        Pass(0.1);
        Assert.Equal(["a"], _fired);
    }

    [Fact]
    public void TimersOfOneTurnFireInOrderOfTheirTimesThenOfArming()
    {
        Arm("late", 20_500);
        Arm("second", 300);
        Arm("third", 300);
        Arm("first", 299);
        Arm("revolution later", 299 + 10_240);

        Pass(30_000);

        Assert.Equal(["first", "second", "third", "revolution later", "late"], _fired);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(10_239)]
    [InlineData(10_240)]
    [InlineData(32_000)]
    [InlineData(3_600_000)]
    public void AnyDelayIsKeptToTheTick(int milliseconds)
    {
        Pass(3.7); // not on a slot's edge
        Arm("a", milliseconds);
        if (milliseconds > 0)
        {
            _time.Advance(TimeSpan.FromMilliseconds(milliseconds) - TimeSpan.FromTicks(1));
            _loop.RunPending();
            Assert.Empty(_fired);
            _time.Advance(TimeSpan.FromTicks(1));
        }

        _loop.RunPending();
        Assert.Equal(["a"], _fired);
    }

    [Fact]
    public void CancelledTimerNeverFiresAndRestartedTimerFiresOnceAtItsNewTime()
    {
        var cancelled = Arm("cancelled", 100);
        var restarted = Arm("restarted", 100);
        cancelled.Cancel();
        restarted.Restart(TimeSpan.FromMilliseconds(250));

        Pass(249);
        Assert.Empty(_fired);
        Pass(1);
        Pass(60_000);

        Assert.Equal(["restarted"], _fired);
        Assert.False(restarted.IsArmed);
    }

    [Fact]
    public void TimerCancelledByAnotherOfTheSameMomentDoesNotFire()
    {
        LoopTimer? victim = null;
        _loop.Schedule(TimeSpan.FromMilliseconds(10), () => victim!.Cancel());
        victim = Arm("victim", 10);

        Pass(1000);

        Assert.Empty(_fired);
    }

    [Fact]
    public void TimerMayRestartItselfInItsCallback()
    {
        LoopTimer? timer = null;
        var count = 0;
        timer = _loop.CreateTimer(() =>
        {
            if (++count < 3)
            {
                timer!.Restart(TimeSpan.FromMilliseconds(5));
            }
        });
        timer.Restart(TimeSpan.FromMilliseconds(5));

        _time.Run(TimeSpan.FromMilliseconds(14), _loop);
        Assert.Equal(2, count);
        _time.Run(TimeSpan.FromMilliseconds(1), _loop);
        Assert.Equal(3, count);
    }

    [Fact]
    public void UntilNextTimerIsTheTimeOfTheEarliest()
    {
        Assert.Null(_loop.UntilNextTimer);
        Arm("far", 1_800_000);
        Assert.Equal(TimeSpan.FromMinutes(30), _loop.UntilNextTimer);
        Arm("near", 40);
        Assert.Equal(TimeSpan.FromMilliseconds(40), _loop.UntilNextTimer);
        Pass(40);
        Assert.Equal(TimeSpan.FromMinutes(30) - TimeSpan.FromMilliseconds(40), _loop.UntilNextTimer);
    }

    [Fact]
    public void ThousandsOfRandomTimersFireExactlyOnceInOrder()
    {
        var random = new Random(4711);
        var fired = new List<(TimeSpan Due, TimeSpan At)>();
        var start = _time.GetTimestamp();
        for (var i = 0; i < 5000; i++)
        {
            var due = TimeSpan.FromTicks(random.NextInt64(TimeSpan.FromMinutes(2).Ticks));
            var timer = _loop.Schedule(due, () => fired.Add((due, _time.GetElapsedTime(start))));
            if (i % 5 == 0)
            {
                timer.Cancel();
            }
        }

        _time.Run(TimeSpan.FromMinutes(2), _loop);

        Assert.Equal(4000, fired.Count);
        Assert.All(fired, entry => Assert.Equal(entry.Due, entry.At));
        Assert.Equal(fired.OrderBy(entry => entry.Due), fired);
        Assert.Null(_loop.UntilNextTimer);
    }

    private LoopTimer Arm(string name, double milliseconds) =>
        _loop.Schedule(TimeSpan.FromMilliseconds(milliseconds), () => _fired.Add(name));

    private void Pass(double milliseconds)
    {
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        _loop.RunPending();
    }
}
