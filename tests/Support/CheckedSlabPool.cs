using OmaIm.Stack.Msrp;

namespace OmaIm.Tests.Support;

/// <summary>
/// A pool that finds wrong use: slabs that never come back, that come back twice or from elsewhere, and those that are used after they were given
/// back: free slabs are filled with poison, which a reader hears and a writer damages.
/// </summary>
public sealed class CheckedSlabPool() : SlabPool(int.MaxValue)
{
    /// <summary>What a free slab is filled with: no MSRP frame holds this octet, and UTF-8 has no such pair.</summary>
    public const byte Poison = 0xDB;

    private readonly HashSet<Slab> _rented = [];
    private readonly HashSet<Slab> _poisoned = [];
    private readonly List<string> _faults = [];

    /// <summary>What was done wrong so far. A loop survives the exception that says so; this list remembers it.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public int TotalRented { get; private set; }

    public override Slab Rent()
    {
        var slab = base.Rent();
        if (!_rented.Add(slab))
        {
            Fail("A slab was given to two.");
        }

        if (_poisoned.Remove(slab) && slab.Bytes.ContainsAnyExcept(Poison))
        {
            Fail("A slab was written to after it was returned.");
        }

        slab.Bytes.Fill(Poison);
        TotalRented++;
        return slab;
    }

    public override void Return(Slab slab)
    {
        if (!_rented.Remove(slab))
        {
            Fail(_poisoned.Contains(slab) ? "A slab was returned twice." : "A slab of another pool was returned.");
        }

        slab.Bytes.Fill(Poison);
        _poisoned.Add(slab);
        base.Return(slab);
    }

    /// <summary>Fails when something was done wrong, or is still rented.</summary>
    /// <exception cref="InvalidOperationException">So it was; the message says what.</exception>
    public void Check()
    {
        if (_poisoned.Any(static slab => slab.Bytes.ContainsAnyExcept(Poison)))
        {
            _faults.Add("A slab was written to after it was returned.");
        }

        if (_rented.Count > 0)
        {
            _faults.Add($"{_rented.Count} slabs were not returned.");
        }

        if (_faults.Count > 0)
        {
            throw new InvalidOperationException(string.Join(' ', _faults));
        }
    }

    private void Fail(string fault)
    {
        _faults.Add(fault);
        throw new InvalidOperationException(fault);
    }
}
