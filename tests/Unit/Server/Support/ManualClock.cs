namespace OmaIm.Tests.Unit.Server.Support;

/// <summary>A clock that moves when a test says so; its monotonic time moves with it unless only the wall is moved.</summary>
internal sealed class ManualClock : TimeProvider
{
    private long _ticks;
    private DateTimeOffset _wall = new(2026, 1, 31, 10, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => _wall;

    public void Advance(TimeSpan time)
    {
        _ticks += time.Ticks;
        _wall += time;
    }

    /// <summary>An administrator, or NTP, sets the clock.</summary>
    public void StepWall(TimeSpan step) => _wall += step;
}
