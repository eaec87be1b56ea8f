using BenchmarkDotNet.Attributes;
using OmaIm.Micro.Budget;
using OmaIm.Stack.Timing;
using OmaIm.Tests.Support;

namespace OmaIm.Micro.Timing;

/// <summary>The timer wheel under its loop, while ten thousand other timers are armed.</summary>
[MemoryDiagnoser]
public class Timers : IDisposable
{
    private const int Others = 10_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly ControlLoop _loop;
    private readonly LoopTimer _timer;
    private int _fired;

    public Timers()
    {
        _loop = new ControlLoop(_time);
        _timer = _loop.CreateTimer(() => _fired++);
        for (var i = 0; i < Others; i++)
        {
            _loop.Schedule(TimeSpan.FromDays(1000) + TimeSpan.FromMilliseconds(i), static () => { });
        }

        Proof.Of(!ArmAndCancel());
        Proof.Of(ArmAndFire() == 1);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _loop.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public bool ArmAndCancel()
    {
        _timer.Restart(Tick);
        _timer.Cancel();
        return _timer.IsArmed;
    }

    [Benchmark]
    public int ArmAndFire()
    {
        _timer.Restart(Tick);
        _time.Advance(Tick);
        _loop.RunPending();
        return _fired;
    }
}
