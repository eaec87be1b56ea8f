using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>A loop's memory: kept for the next jam as far as its options say, given back beyond that, and watched in tests.</summary>
public sealed class SlabPoolTests
{
    private const int Kept = 10;

    private readonly SlabPool _pool = new(Kept * Slab.Size);

    [Fact]
    public void SlabsAreDisjointAndUsedAgain()
    {
        var slabs = Rent(200);
        for (var i = 0; i < slabs.Count; i++)
        {
            slabs[i].Bytes.Fill((byte)i);
        }

        for (var i = 0; i < slabs.Count; i++)
        {
            Assert.False(slabs[i].Bytes.ContainsAnyExcept((byte)i));
        }

        Assert.Equal(200, _pool.Rented);
        var reserved = _pool.ReservedBytes;
        Return(slabs);
        Assert.Equal(0, _pool.Rented);
        Return(Rent(200));
        Assert.Equal(reserved, _pool.ReservedBytes);
    }

    [Fact]
    public void PagesThatNobodyNeedsGoBackBeyondThoseThatAreKept()
    {
        Return(Rent(200));
        _pool.Trim();
        Assert.Equal(200 * Slab.Size, _pool.KeptBytes);
        _pool.Trim();
        Assert.Equal(Kept * Slab.Size, _pool.KeptBytes);
        _pool.Trim();
        Assert.Equal(Kept * Slab.Size, _pool.KeptBytes);
    }

    [Fact]
    public void WhatWasNeededSinceTheLastTrimIsKept()
    {
        Return(Rent(200));
        for (var i = 0; i < 10; i++)
        {
            _pool.Trim();
            Return(Rent(150));
        }

        Assert.InRange(_pool.KeptBytes, 150 * Slab.Size, (150 + Kept) * Slab.Size);
    }

    [Fact]
    public void APageThatWasGivenBackIsTheSystemsUntilItIsWritten()
    {
        var slabs = Rent(200);
        slabs.ForEach(static slab => slab.Bytes.Fill(1));
        Return(slabs);
        _pool.Trim();
        _pool.Trim();
        slabs = Rent(200);

        // Linux hands a page out anew as zeros; the others still hold what was written. (Elsewhere nothing is given back.)
        var bare = slabs.Count(static slab => !slab.Bytes.ContainsAnyExcept((byte)0));
        var givesBack = OperatingSystem.IsLinux() && Environment.SystemPageSize == Slab.Size;
        Assert.Equal(givesBack ? 200 - Kept : 0, bare);
        slabs.ForEach(static slab => slab.Bytes.Fill(2));
        Assert.All(slabs, static slab => Assert.False(slab.Bytes.ContainsAnyExcept((byte)2)));
    }

    [Fact]
    public void OneTrimGivesBackALittleOnly()
    {
        Return(Rent(10_000));
        _pool.Trim();
        _pool.Trim();
        Assert.Equal((10_000 - 1024) * Slab.Size, _pool.KeptBytes);
    }

    [Fact]
    public void TheWatchedPoolSeesALeak()
    {
        var pool = new CheckedSlabPool();
        pool.Rent();
        AssertFault("1 slabs were not returned.", pool.Check);
    }

    [Fact]
    public void TheWatchedPoolSeesASecondReturn()
    {
        var pool = new CheckedSlabPool();
        var slab = pool.Rent();
        pool.Return(slab);
        AssertFault("A slab was returned twice.", () => pool.Return(slab));
        AssertFault("A slab was returned twice.", pool.Check);
    }

    [Fact]
    public void TheWatchedPoolSeesAStranger()
    {
        var pool = new CheckedSlabPool();
        AssertFault("A slab of another pool was returned.", () => pool.Return(_pool.Rent()));
    }

    [Fact]
    public void TheWatchedPoolSeesAWriteAfterTheReturn()
    {
        var pool = new CheckedSlabPool();
        var slab = pool.Rent();
        pool.Return(slab);
        slab.Bytes[17] = 0;
        AssertFault("A slab was written to after it was returned.", () => pool.Rent());
        AssertFault("A slab was written to after it was returned. 1 slabs were not returned.", pool.Check);
    }

    [Fact]
    public void AReadAfterTheReturnFindsPoison()
    {
        var pool = new CheckedSlabPool();
        var slab = pool.Rent();
        slab.Bytes.Clear();
        pool.Return(slab);
        Assert.False(slab.Bytes.ContainsAnyExcept(CheckedSlabPool.Poison));
    }

    private static void AssertFault(string fault, Action action) =>
        Assert.Equal(fault, Assert.Throws<InvalidOperationException>(action).Message);

    private List<Slab> Rent(int count) => [.. Enumerable.Range(0, count).Select(_ => _pool.Rent())];

    private void Return(List<Slab> slabs) => slabs.ForEach(_pool.Return);
}
