using System.Buffers;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// Bytes rendered during one drain, named by offset because the array may grow. Emptied by every flush; it keeps its array,
/// which a single drain's worth of input bounds.
/// </summary>
public sealed class MsrpArena : IBufferWriter<byte>
{
    // Pinned: the kernel gathers from it.
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(64 * 1024, pinned: true);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Slice(int start, int length) => _bytes.AsSpan(start, length);

    public void Clear() => Length = 0;

    public void Advance(int count) => Length += count;

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        var needed = Length + Math.Max(sizeHint, 1);
        if (needed > _bytes.Length)
        {
            var larger = GC.AllocateUninitializedArray<byte>(Math.Max(needed, _bytes.Length * 2), pinned: true);
            _bytes.AsSpan(0, Length).CopyTo(larger);
            _bytes = larger;
        }

        return _bytes.AsSpan(Length);
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => throw new NotSupportedException("The arena's array may move: use GetSpan.");
}
