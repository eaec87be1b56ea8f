using System.Buffers;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;

namespace OmaIm.Client.Files;

/// <summary>
/// Writes what the MSRP loop receives, and hashes it, on a thread of the pool: the loop copies and never waits for the disk. When too much is
/// unwritten, <see cref="Write"/> says so, and the loop stops reading for a while.
/// </summary>
internal sealed class FileWriter
{
    private readonly SafeFileHandle _file;
    private readonly IncrementalHash _hash;
    private readonly int _most;
    private readonly Action _relieved;
    private readonly Channel<ArraySegment<byte>> _pieces = Channel.CreateUnbounded<ArraySegment<byte>>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly Task _writing;
    private long _offset;
    private int _unwritten;
    private int _isFull;

    /// <param name="file">An open file.</param>
    /// <param name="offset">Where to go on writing.</param>
    /// <param name="hash">Has what stands before that.</param>
    /// <param name="most">Bytes that may wait.</param>
    /// <param name="relieved">Called on a thread of the pool after <see cref="Write"/> was false: there is room again, or it has failed.</param>
    public FileWriter(SafeFileHandle file, long offset, IncrementalHash hash, int most, Action relieved)
    {
        (_file, _offset, _hash, _most, _relieved) = (file, offset, hash, most, relieved);
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Bytes that are in the file.</summary>
    public long Written => Interlocked.Read(ref _offset);

    /// <summary>Whether it can write no more, a full disk for one; <see cref="CompleteAsync"/> says why.</summary>
    public bool HasFailed => _writing.IsFaulted;

    /// <summary>Takes the next bytes; false when it wants no more for a while.</summary>
    public bool Write(ReadOnlySpan<byte> bytes)
    {
        var copy = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(copy);
        var unwritten = Interlocked.Add(ref _unwritten, bytes.Length);
        _pieces.Writer.TryWrite(new ArraySegment<byte>(copy, 0, bytes.Length));
        if (unwritten <= _most)
        {
            return true;
        }

        Volatile.Write(ref _isFull, 1);

        // All of it may have been written in between, and then nobody would say so.
        if (Volatile.Read(ref _unwritten) <= _most / 2 || _writing.IsCompleted)
        {
            Relieve();
        }

        return false;
    }

    /// <summary>Waits until everything is written.</summary>
    /// <exception cref="IOException">The disk is full, or broken.</exception>
    public Task CompleteAsync()
    {
        _pieces.Writer.TryComplete();
        return _writing;
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var piece in _pieces.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                RandomAccess.Write(_file, piece, _offset);
                _hash.AppendData(piece.Array!, piece.Offset, piece.Count);
                Interlocked.Add(ref _offset, piece.Count);
                ArrayPool<byte>.Shared.Return(piece.Array!);
                if (Interlocked.Add(ref _unwritten, -piece.Count) <= _most / 2)
                {
                    Relieve();
                }
            }
        }
        finally
        {
            // After a failure what still comes is thrown away by its receiver, who must hear of it.
            _pieces.Writer.TryComplete();
            Volatile.Write(ref _unwritten, 0);
            Relieve();
        }
    }

    private void Relieve()
    {
        if (Interlocked.Exchange(ref _isFull, 0) == 1)
        {
            _relieved();
        }
    }
}
