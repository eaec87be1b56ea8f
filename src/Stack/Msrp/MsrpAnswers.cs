namespace OmaIm.Stack.Msrp;

/// <summary>The slices of the loop's arena that are answers to one connection, in the order in which they were written.</summary>
internal struct MsrpAnswers(MsrpArena arena)
{
    /// <summary>From this size a run leaves from where it lies; a smaller one is copied, which costs less than a second piece.</summary>
    private const int GatheredBytes = 4096;

    // Nearly always one run: a connection's frames are read, and so answered, one behind the other.
    private int _start;
    private int _length;
    private List<(int Start, int Length)>? _earlier;
    private int _earlierLength;
    private int _begun;

    public readonly int Length => _earlierLength + _length;

    /// <summary>Marks the start of an answer; true when it is the first since the last flush.</summary>
    public bool Begin()
    {
        _begun = arena.Length;
        return Length == 0;
    }

    public void End()
    {
        if (_length > 0 && _start + _length != _begun)
        {
            (_earlier ??= []).Add((_start, _length));
            _earlierLength += _length;
            _length = 0;
        }

        _start = _length == 0 ? _begun : _start;
        _length = arena.Length - _start;
    }

    /// <summary>Hands the answers to <paramref name="connection"/>; long ones leave from where they lie.</summary>
    public void WriteTo(MsrpConnection connection)
    {
        if (_earlierLength > 0)
        {
            foreach (var (start, length) in _earlier!)
            {
                Write(connection, start, length);
            }
        }

        Write(connection, _start, _length);
        Clear();
    }

    public int Take(Span<byte> destination)
    {
        var written = 0;
        if (_earlierLength > 0)
        {
            foreach (var (start, length) in _earlier!)
            {
                arena.Slice(start, length).CopyTo(destination[written..]);
                written += length;
            }
        }

        arena.Slice(_start, _length).CopyTo(destination[written..]);
        written += _length;
        Clear();
        return written;
    }

    public void Clear()
    {
        _length = 0;
        _earlierLength = 0;
        _earlier?.Clear();
    }

    private readonly void Write(MsrpConnection connection, int start, int length)
    {
        if (length >= GatheredBytes)
        {
            connection.AppendArena(start, length);
        }
        else
        {
            arena.Slice(start, length).CopyTo(connection.GetSpan(length));
            connection.Advance(length);
        }
    }
}
