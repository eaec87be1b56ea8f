using OmaIm.Stack.Msrp;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>How much a loop renders before it flushes.</summary>
public sealed class DrainLimitTests : IDisposable
{
    private static readonly MsrpLoopOptions Options = new() { DrainBytes = 100, RoomDrainBytes = 400, CopiedBytes = 10_000, UseSockets = false };

    private readonly MsrpLoop _loop = new(Options);

    public void Dispose() => _loop.Dispose();

    [Theory]
    [InlineData(99, 0, 0, false)]
    [InlineData(100, 0, 0, true)] // what a relay hands on must fit an outbox
    [InlineData(0, 399, 10, false)] // what goes to everybody in a room need not
    [InlineData(0, 400, 10, true)]
    [InlineData(0, 99, 101, false)]
    [InlineData(0, 100, 100, true)] // but it is copied once for each
    [InlineData(99, 300, 10, false)] // neither counts for the other
    [InlineData(100, 300, 10, true)]
    public void ALoopIsFullByWhatItRendersAndByWhatThatComesTo(int other, int ofRoom, int members, bool isFull)
    {
        Render(other);
        Render(ofRoom);
        _loop.NoteCopies(ofRoom, members);

        Assert.Equal(isFull, _loop.IsFull);
    }

    [Fact]
    public void AFlushMakesRoomAgain()
    {
        Render(400);
        _loop.NoteCopies(400, 1_000);
        Assert.True(_loop.IsFull);

        _loop.RunOnce();

        Assert.False(_loop.IsFull);
        Render(300);
        _loop.NoteCopies(300, 10);
        Assert.False(_loop.IsFull);
    }

    private void Render(int bytes)
    {
        _loop.Arena.GetSpan(bytes);
        _loop.Arena.Advance(bytes);
    }
}
