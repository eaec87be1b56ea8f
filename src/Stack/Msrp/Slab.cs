namespace OmaIm.Stack.Msrp;

/// <summary>A page of its loop's memory. It never moves, so that the kernel may be given its address.</summary>
public sealed class Slab
{
    /// <summary>4 KiB, a page: what a lagging member costs beyond his bytes is less than two of them, and a page can be given back alone.</summary>
    public const int Size = 4096;

    private readonly byte[] _block;
    private readonly int _start;

    internal Slab(byte[] block, int start)
    {
        _block = block;
        _start = start;
    }

    public Span<byte> Bytes => _block.AsSpan(_start, Size);

    /// <summary>The next of its chain, or of those that are free.</summary>
    internal Slab? Next { get; set; }
}
