using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Client.Messages;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Messages;

public sealed class HandlerQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HandlerQueue _handlers = new(capacity: 3, byteCapacity: 100, NullLogger.Instance);

    [Fact]
    public async Task WhatAHandlerThrowsIsCountedAndTheNextOneHasItsTurn()
    {
        var next = new TaskCompletionSource();
        Assert.True(_handlers.TryRun(() => throw new InvalidOperationException("the program is wrong")));
        Assert.True(_handlers.TryRun(next.SetResult));
        await next.Task.WaitAsync(Patience);
        Assert.Equal(1, _handlers.Faults);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(40, 2)]
    [InlineData(101, 1)]
    [InlineData(int.MaxValue, 1)]
    public async Task WhatWaitsIsBoundedByNumberAndByBytes(int size, int taken)
    {
        var started = new TaskCompletionSource();
        using var held = new ManualResetEventSlim();
        _handlers.TryRun(() =>
        {
            started.SetResult();
            held.Wait(Patience);
        });
        await started.Task.WaitAsync(Patience);
        Assert.Equal(taken, Enumerable.Range(0, 10).Count(_ => _handlers.TryRun(() => { }, size)));

        held.Set();
        var last = new TaskCompletionSource();
        while (!_handlers.TryRun(last.SetResult, size))
        {
            await Task.Yield();
        }

        await last.Task.WaitAsync(Patience);
    }
}
