using OmaIm.Stack.Timing;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Timing;

public sealed class ControlLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void CallbacksRunInTheOrderInWhichTheyWerePosted()
    {
        using var loop = new ControlLoop(new FakeTimeProvider());
        var seen = new List<int>();
        for (var i = 0; i < 1000; i++)
        {
            loop.Post(seen.Add, i);
        }

        Assert.Equal(1000, loop.QueueLength);
        Assert.Equal(1000, loop.RunPending());
        Assert.Equal(Enumerable.Range(0, 1000), seen);
        Assert.Equal(0, loop.QueueLength);
    }

    [Fact]
    public void CallbackThatThrowsIsCountedAndTheNextOnesRun()
    {
        using var loop = new ControlLoop(new FakeTimeProvider());
        var ran = 0;
        loop.Post(static () => throw new InvalidOperationException("as ordered"));
        loop.Schedule(TimeSpan.Zero, static () => throw new InvalidOperationException("as ordered"));
        loop.Post(() => ran++);
        loop.Schedule(TimeSpan.Zero, () => ran++);

        loop.RunPending();

        Assert.Equal(2, ran);
        Assert.Equal(2, loop.Faults);
    }

    [Fact]
    public void TimersGetTheirTurnWhileTheQueueIsFull()
    {
        using var loop = new ControlLoop(new FakeTimeProvider());
        var before = -1;
        var ran = 0;
        for (var i = 0; i < 10 * ControlLoop.CallbacksPerTurn; i++)
        {
            loop.Post(() => ran++);
        }

        loop.Schedule(TimeSpan.Zero, () => before = ran);
        loop.RunPending();

        Assert.Equal(ControlLoop.CallbacksPerTurn, before);
        Assert.Equal(10 * ControlLoop.CallbacksPerTurn, ran);
    }

    [Fact]
    public void TryPostRefusesBeyondTheCapacityAndPostDoesNot()
    {
        using var loop = new ControlLoop(new FakeTimeProvider(), capacity: 2);
        var ran = 0;

        Assert.True(loop.TryPost(_ => ran++, 0));
        Assert.True(loop.TryPost(_ => ran++, 0));
        Assert.False(loop.TryPost(_ => ran++, 0));
        loop.Post(() => ran++);

        loop.RunPending();
        Assert.Equal(3, ran);
        Assert.Equal(1, loop.Refused);
        Assert.True(loop.TryPost(_ => ran++, 0));
    }

    [Fact]
    public async Task StartedLoopRunsEverythingOnItsOneThread()
    {
        using var loop = new ControlLoop(TimeProvider.System);
        loop.Start();
        var threads = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => loop.InvokeAsync(() => Environment.CurrentManagedThreadId)))).WaitAsync(Patience);

        Assert.Single(threads.Distinct());
        Assert.NotEqual(Environment.CurrentManagedThreadId, threads[0]);
        Assert.False(loop.IsCurrent);
        Assert.True(await loop.InvokeAsync(() => loop.IsCurrent).WaitAsync(Patience));
    }

    [Fact]
    public async Task StartedLoopFiresTimersWhileNothingElseHappens()
    {
        using var loop = new ControlLoop(TimeProvider.System);
        loop.Start();
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await loop.InvokeAsync(() => loop.Schedule(TimeSpan.FromMilliseconds(20), fired.SetResult)).WaitAsync(Patience);
        await fired.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task AwaitThatBeginsOnTheLoopContinuesOnTheLoop()
    {
        using var loop = new ControlLoop(TimeProvider.System);
        loop.Start();
        async Task<bool> Work()
        {
            await Task.Yield();
            await Task.Run(static () => { });
            return loop.IsCurrent;
        }

        Assert.True(await (await loop.InvokeAsync(Work).WaitAsync(Patience)).WaitAsync(Patience));
    }

    [Fact]
    public async Task InvokeAsyncHandsTheExceptionToTheCaller()
    {
        using var loop = new ControlLoop(TimeProvider.System);
        loop.Start();

        await Assert.ThrowsAsync<InvalidOperationException>(() => loop.InvokeAsync(static () => throw new InvalidOperationException("as ordered")).WaitAsync(Patience));
        Assert.Equal(0, loop.Faults);
    }

    [Fact]
    public void TimersOfAStartedLoopAreForItsThreadOnly()
    {
        using var loop = new ControlLoop(TimeProvider.System);
        loop.Start();

        Assert.Throws<InvalidOperationException>(() => loop.Schedule(TimeSpan.Zero, static () => { }));
    }

    [Fact]
    public async Task StoppingRunsWhatIsQueuedAndNothingWaitsForeverAfterwards()
    {
        var loop = new ControlLoop(TimeProvider.System);
        loop.Start();
        using var gate = new ManualResetEventSlim();
        loop.Post(gate.Wait);
        var queued = loop.InvokeAsync(static () => { });
        var stopping = Task.Run(loop.Dispose);
        gate.Set();

        await queued.WaitAsync(Patience);
        await stopping.WaitAsync(Patience);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => loop.InvokeAsync(static () => { }));
    }
}
