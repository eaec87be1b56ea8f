using OmaIm.Appliance.Http;
using Xunit;

namespace OmaIm.Tests.Unit.Appliance.Http;

public sealed class HealthChecksTests
{
    [Fact]
    public async Task LoopsThatAnswerAreHealthy()
    {
        var health = new HealthChecks(new Dictionary<string, Func<Task>> { ["a"] = () => Task.CompletedTask }, TimeProvider.System);

        Assert.Null(await health.FindFaultAsync());
    }

    [Fact]
    public async Task ALoopThatHangsIsNamed()
    {
        var time = new JumpingTime();
        var health = new HealthChecks(
            new Dictionary<string, Func<Task>> { ["a"] = () => Task.CompletedTask, ["MSRP loop"] = () => new TaskCompletionSource().Task },
            time);

        Assert.Equal("MSRP loop does not answer", await health.FindFaultAsync());
        Assert.Equal(HealthChecks.PulseTimeout, time.Due);
    }

    /// <summary>Every timer is due at once.</summary>
    private sealed class JumpingTime : TimeProvider
    {
        public TimeSpan Due { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime;
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
