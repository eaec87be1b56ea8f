using System.Runtime.CompilerServices;
using OmaIm.Stack.Transport.Epoll;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// What one connection sends with its next flush: bytes of the loop's scratch, and slices of its arena between them. A loop has one;
/// a connection fills it and sends it within one call.
/// </summary>
internal sealed unsafe class GatherList
{
    /// <summary>Slices in one list. 256, each with scratch in front of it: half of what the kernel takes at once (IOV_MAX).</summary>
    private const int Slices = 256;

    private readonly (int ScratchEnd, int Start, int Length)[] _slices = new (int, int, int)[Slices];
    private readonly Libc.IoVector[] _vectors = GC.AllocateArray<Libc.IoVector>((2 * Slices) + 1, pinned: true);
    private int _count;

    public bool IsEmpty => _count == 0;

    /// <summary>Adds a slice of the arena behind the first <paramref name="scratchEnd"/> bytes of the scratch; false when the list is full.</summary>
    public bool TryAdd(int scratchEnd, int start, int length)
    {
        if (_count == Slices)
        {
            return false;
        }

        _slices[_count++] = (scratchEnd, start, length);
        return true;
    }

    /// <summary>Sends everything; returns what the kernel took, or -1 with its error. The list stays as it is.</summary>
    public nint Send(int descriptor, ReadOnlySpan<byte> scratch, MsrpArena arena)
    {
        var count = 0;
        var at = 0;
        for (var i = 0; i < _count; i++)
        {
            var (scratchEnd, start, length) = _slices[i];
            Add(ref count, scratch[at..scratchEnd]);
            Add(ref count, arena.Slice(start, length));
            at = scratchEnd;
        }

        Add(ref count, scratch[at..]);
        return Send(descriptor, count);
    }

    /// <summary>Sends what stands in <paramref name="outbox"/>, or as much of it as one call can take; the rest as above.</summary>
    public nint Send(int descriptor, in SlabChain outbox)
    {
        var count = 0;
        foreach (var span in outbox)
        {
            if (count == _vectors.Length)
            {
                break;
            }

            Add(ref count, span);
        }

        return Send(descriptor, count);
    }

    /// <summary>Hands out what lies behind the first <paramref name="sent"/> bytes, piece by piece, then forgets everything.</summary>
    public void Drop(long sent, ReadOnlySpan<byte> scratch, MsrpArena arena, SocketConnection connection)
    {
        var at = 0;
        for (var i = 0; i < _count; i++)
        {
            var (scratchEnd, start, length) = _slices[i];
            Keep(ref sent, scratch[at..scratchEnd], connection);
            Keep(ref sent, arena.Slice(start, length), connection);
            at = scratchEnd;
        }

        Keep(ref sent, scratch[at..], connection);
        _count = 0;
    }

    public void Clear() => _count = 0;

    private static void Keep(ref long sent, ReadOnlySpan<byte> piece, SocketConnection connection)
    {
        var skipped = (int)Math.Min(sent, piece.Length);
        sent -= skipped;
        if (skipped < piece.Length)
        {
            connection.Keep(piece[skipped..]);
        }
    }

    private nint Send(int descriptor, int count)
    {
        fixed (Libc.IoVector* vectors = _vectors)
        {
            var message = new Libc.MessageHeader { Vectors = vectors, VectorCount = (nuint)count };
            return Libc.SendMessage(descriptor, &message, Libc.DoNotSignal | Libc.DoNotWait);
        }
    }

    // Scratch, arena and slabs are pinned: their addresses hold.
    private void Add(ref int count, ReadOnlySpan<byte> piece)
    {
        if (!piece.IsEmpty)
        {
            _vectors[count++] = new Libc.IoVector
            {
                Start = Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(piece)),
                Length = (nuint)piece.Length,
            };
        }
    }
}
