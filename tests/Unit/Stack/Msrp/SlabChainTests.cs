using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>What waits in a loop's slabs comes out as it went in, in no more slabs than it needs.</summary>
public sealed class SlabChainTests : IDisposable
{
    private readonly CheckedSlabPool _pool = new();

    public void Dispose() => _pool.Check();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void ItHoldsWhatAListOfBytesWouldHold(int seed)
    {
        var random = new Random(seed);
        var chain = new SlabChain(_pool);
        var expected = new List<byte>();
        for (var step = 0; step < 2000; step++)
        {
            switch (random.Next(10))
            {
                case < 5:
                    var bytes = new byte[random.Next(3) * random.Next(2 * Slab.Size)];
                    random.NextBytes(bytes);
                    chain.Append(bytes);
                    expected.AddRange(bytes);
                    break;
                case < 9:
                    var count = random.Next(3) == 0 ? Math.Min(expected.Count, Slab.Size) : random.Next(expected.Count + 1);
                    chain.Remove(count);
                    expected.RemoveRange(0, count);
                    break;
                default:
                    chain.Clear();
                    expected.Clear();
                    break;
            }

            AssertHolds(expected, chain);
        }

        chain.Clear();
    }

    [Fact]
    public void ItHoldsNoSlabWhileItIsEmpty()
    {
        var chain = new SlabChain(_pool);
        chain.Append([]);
        Assert.Equal(0, _pool.TotalRented);
        chain.Append(new byte[3 * Slab.Size]);
        Assert.Equal(3, _pool.Rented);
        chain.Remove(3 * Slab.Size);
        Assert.Equal(0, _pool.Rented);
    }

    [Fact]
    public void GrowingMovesNothing()
    {
        var chain = new SlabChain(_pool);
        chain.Append([1, 2, 3]);
        var first = First(chain);
        chain.Append(new byte[100 * Slab.Size]);
        Assert.True(first.Overlaps(First(chain), out var offset));
        Assert.Equal(0, offset);
        chain.Clear();
    }

    [Fact]
    public void NoMoreIsRemovedThanThereIs()
    {
        var chain = new SlabChain(_pool);
        chain.Append(new byte[10]);
        Assert.Throws<ArgumentOutOfRangeException>(() => chain.Remove(11));
        chain.Clear();
    }

    [Fact]
    public void ACopyOutlivesTheChain()
    {
        var chain = new SlabChain(_pool);
        var bytes = new byte[5000];
        Random.Shared.NextBytes(bytes);
        chain.Append(bytes);
        var copy = chain.ToArray();
        chain.Clear();
        Assert.Equal(bytes, copy);
    }

    private static ReadOnlySpan<byte> First(in SlabChain chain)
    {
        var spans = chain.GetEnumerator();
        Assert.True(spans.MoveNext());
        return spans.Current;
    }

    private void AssertHolds(List<byte> expected, in SlabChain chain)
    {
        Assert.Equal(expected.Count, chain.Length);
        var found = new List<byte>();
        foreach (var span in chain)
        {
            Assert.InRange(span.Length, 1, Slab.Size);
            found.AddRange(span);
        }

        Assert.Equal(expected, found);
        Assert.Equal(expected, chain.ToArray());

        // One more at most, because the oldest may have left the beginning of the first.
        Assert.InRange(_pool.Rented, (expected.Count + Slab.Size - 1) / Slab.Size, (expected.Count + (2 * Slab.Size) - 2) / Slab.Size);
    }
}
