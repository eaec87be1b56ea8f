using OmaIm.Stack.Timing;

namespace OmaIm.Tests.Support;

/// <summary>A clock that stands still until a test moves it.</summary>
public sealed class FakeTimeProvider : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(GetTimestamp());

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    /// <summary>
    /// Lets this much time go by for the loops: from timer to timer, so that each fires at its own moment, and what one loop does at a
    /// moment the others hear before time goes on.
    /// </summary>
    public void Run(TimeSpan time, params ControlLoop[] loops)
    {
        var end = GetTimestamp() + time.Ticks;
        Settle(loops);
        while (GetTimestamp() < end)
        {
            var next = loops.Min(static loop => loop.UntilNextTimer?.Ticks ?? long.MaxValue);
            Advance(TimeSpan.FromTicks(Math.Clamp(next, 1, end - GetTimestamp())));
            Settle(loops);
        }
    }

    private static void Settle(ControlLoop[] loops)
    {
        while (loops.Sum(static loop => loop.RunPending()) > 0)
        {
        }
    }
}
