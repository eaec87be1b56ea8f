using System.Net;
using OmaIm.Client;
using Xunit;

namespace OmaIm.Tests.Unit.Client;

public sealed class ImRuntimeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What a call that is under way would open while the runtime ends, nobody would close.</summary>
    [Fact]
    public async Task FromItsEndOnNothingIsOpened()
    {
        var runtime = ImRuntime.Start();
        using var held = new ManualResetEventSlim();
        runtime.Loop.Post(() => Assert.True(held.Wait(Patience)));
        var waiting = runtime.InvokeAsync(() => true);
        var ending = runtime.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WaitAsync(Patience));

        var late = runtime.Loop.InvokeAsync(() => runtime.StackTowardsAsync(new IPEndPoint(IPAddress.Loopback, 9))).Unwrap();
        held.Set();
        await ending;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => late.WaitAsync(Patience));
    }
}
