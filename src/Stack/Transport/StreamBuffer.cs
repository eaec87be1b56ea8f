using System.Buffers;

namespace OmaIm.Stack.Transport;

/// <summary>Holds the beginning of a message until its rest arrives. A connection between two messages holds nothing.</summary>
internal sealed class StreamBuffer : IDisposable
{
    private const int InitialSize = 4096;

    private byte[]? _bytes;
    private int _length;

    public bool IsEmpty => _length == 0;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    public void Append(in ReadOnlySequence<byte> sequence)
    {
        var added = checked((int)sequence.Length);
        Reserve(_length + added);
        sequence.CopyTo(_bytes.AsSpan(_length));
        _length += added;
    }

    /// <summary>Keeps only the last <paramref name="rest"/> bytes of what it holds.</summary>
    public void KeepLast(int rest)
    {
        if (rest == 0)
        {
            Dispose();
            return;
        }

        Span[^rest..].CopyTo(_bytes);
        _length = rest;
    }

    public void Dispose()
    {
        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = null;
        _length = 0;
    }

    private void Reserve(int size)
    {
        if (_bytes is not null && _bytes.Length >= size)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(size, Math.Max(InitialSize, _length * 2)));
        Span.CopyTo(larger);
        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
    }
}
