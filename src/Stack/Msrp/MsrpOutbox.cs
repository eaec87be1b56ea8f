using System.Buffers;

namespace OmaIm.Stack.Msrp;

/// <summary>Bytes that a connection's transport would not take yet, oldest first. It owns a rented array only while there are any.</summary>
internal struct MsrpOutbox
{
    private byte[]? _bytes;
    private int _start;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Waiting => _bytes.AsSpan(_start, Length);

    /// <summary>Room for <paramref name="size"/> bytes behind those that wait; <see cref="Advance"/> says how many were written.</summary>
    public Span<byte> GetSpan(int size)
    {
        var end = _start + Length;
        if (_bytes is null || _bytes.Length - end < size)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Length + size);
            var length = Length;
            Waiting.CopyTo(larger);
            Clear();
            (_bytes, Length, end) = (larger, length, length);
        }

        return _bytes.AsSpan(end, size);
    }

    public void Advance(int count) => Length += count;

    /// <summary>Drops the oldest <paramref name="count"/> bytes: they are on their way.</summary>
    public void Remove(int count)
    {
        _start += count;
        Length -= count;
        if (Length == 0)
        {
            Clear();
        }
    }

    public void Clear()
    {
        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = null;
        }

        _start = 0;
        Length = 0;
    }
}
