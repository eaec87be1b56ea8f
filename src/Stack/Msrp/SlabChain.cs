namespace OmaIm.Stack.Msrp;

/// <summary>Bytes that wait, oldest first, in slabs of their loop: it holds none while it is empty, and growing copies nothing.</summary>
public struct SlabChain(SlabPool pool)
{
    private readonly SlabPool _pool = pool;
    private Slab? _first;
    private Slab? _last;

    // Where the oldest byte stands in the first slab, and the room after the youngest in the last one.
    private int _start;
    private int _room;

    public int Length { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        while (!bytes.IsEmpty)
        {
            if (_room == 0)
            {
                AddSlab();
            }

            var count = Math.Min(_room, bytes.Length);
            bytes[..count].CopyTo(_last!.Bytes[^_room..]);
            _room -= count;
            bytes = bytes[count..];
        }
    }

    /// <summary>Drops the oldest <paramref name="count"/> bytes.</summary>
    public void Remove(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length);
        if (count == Length)
        {
            Clear();
            return;
        }

        Length -= count;
        _start += count;
        while (_start >= Slab.Size)
        {
            _start -= Slab.Size;
            ReturnFirst();
        }
    }

    public void Clear()
    {
        while (_first is not null)
        {
            ReturnFirst();
        }

        _last = null;
        _start = 0;
        _room = 0;
        Length = 0;
    }

    /// <summary>Copies the oldest bytes, as many as there are and fit, to the start of <paramref name="destination"/>.</summary>
    public readonly void CopyTo(Span<byte> destination)
    {
        foreach (var span in this)
        {
            var count = Math.Min(span.Length, destination.Length);
            span[..count].CopyTo(destination);
            destination = destination[count..];
            if (destination.IsEmpty)
            {
                return;
            }
        }
    }

    /// <summary>A copy that belongs to nobody's pool: for bytes that go to another loop.</summary>
    public readonly byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>The bytes, oldest first. They stay where they are until they are removed.</summary>
    public readonly Enumerator GetEnumerator() => new(_first, _start, Length);

    private void AddSlab()
    {
        var slab = _pool.Rent();
        if (_last is null)
        {
            _first = slab;
        }
        else
        {
            _last.Next = slab;
        }

        _last = slab;
        _room = Slab.Size;
    }

    private void ReturnFirst()
    {
        var slab = _first!;
        _first = slab.Next;
        slab.Next = null;
        _pool.Return(slab);
    }

    public ref struct Enumerator
    {
        private Slab? _next;
        private int _start;
        private int _left;

        internal Enumerator(Slab? first, int start, int length)
        {
            _next = first;
            _start = start;
            _left = length;
        }

        public ReadOnlySpan<byte> Current { get; private set; }

        public bool MoveNext()
        {
            if (_left == 0)
            {
                return false;
            }

            var count = Math.Min(_left, Slab.Size - _start);
            Current = _next!.Bytes.Slice(_start, count);
            _left -= count;
            _start = 0;
            _next = _next.Next;
            return true;
        }
    }
}
