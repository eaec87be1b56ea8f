using OmaIm.Stack.Transport;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Transport;

public sealed class PipeMemoryTests
{
    [Fact]
    public void ABlockThatIsGivenBackTwiceIsNoticed()
    {
        var block = PipeMemory.Shared.Rent();
        block.Dispose();
        Assert.Throws<InvalidOperationException>(block.Dispose);
    }

    [Fact]
    public void ABlockIsAPageAndNoMore()
    {
        using var block = PipeMemory.Shared.Rent(PipeMemory.Shared.MaxBufferSize);
        Assert.Equal(PipeMemory.Shared.MaxBufferSize, block.Memory.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => PipeMemory.Shared.Rent(PipeMemory.Shared.MaxBufferSize + 1));
    }

    [Fact]
    public void ATransportThatEndsLeavesThePoolToTheOthers()
    {
        PipeMemory.Shared.Create().Dispose();
        PipeMemory.Shared.Rent().Dispose();
    }
}
