using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;

namespace OmaIm.Client.Files;

/// <summary>
/// Reads a file ahead of the MSRP loop, which takes what is there and never waits for the disk: two blocks take turns, one is read by a thread
/// of the pool while the other is sent.
/// </summary>
internal sealed class FileReader
{
    private const int BlockSize = 1024 * 1024;

    private readonly SafeFileHandle _file;
    private readonly long _end;
    private readonly Action<IOException?> _arrived;
    private readonly Channel<byte[]> _free = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<Block> _full = Channel.CreateUnbounded<Block>();
    private Block _current = new([], 0, 0);

    /// <param name="file">An open file.</param>
    /// <param name="start">The first byte to read, from 0.</param>
    /// <param name="end">Where to stop.</param>
    /// <param name="arrived">Called on a thread of the pool: more is there, or there will be no more because of that.</param>
    public FileReader(SafeFileHandle file, long start, long end, Action<IOException?> arrived)
    {
        _file = file;
        _end = end;
        _arrived = arrived;
        _free.Writer.TryWrite(new byte[Math.Min(BlockSize, end - start)]);
        _free.Writer.TryWrite(new byte[Math.Min(BlockSize, end - start)]);
        _ = Task.Run(() => ReadAsync(start));
    }

    /// <summary>What is there at <paramref name="offset"/>, from the start of what is read; empty when it is not there yet. On one thread, forward only.</summary>
    public ReadOnlySpan<byte> Read(long offset, int most)
    {
        while (offset >= _current.Start + _current.Length)
        {
            if (!_full.Reader.TryRead(out var next))
            {
                return default;
            }

            _free.Writer.TryWrite(_current.Bytes);
            _current = next;
        }

        var at = (int)(offset - _current.Start);
        return _current.Bytes.AsSpan(at, Math.Min(most, _current.Length - at));
    }

    /// <summary>Reads nothing more.</summary>
    public void Stop() => _free.Writer.TryComplete();

    private async Task ReadAsync(long start)
    {
        try
        {
            for (var at = start; at < _end;)
            {
                if (!await _free.Reader.WaitToReadAsync().ConfigureAwait(false) || !_free.Reader.TryRead(out var bytes))
                {
                    return;
                }

                if (bytes.Length == 0)
                {
                    continue; // the block before the first one
                }

                var length = RandomAccess.Read(_file, bytes.AsSpan(0, (int)Math.Min(bytes.Length, _end - at)), at);
                if (length == 0)
                {
                    throw new EndOfStreamException("The file has become shorter.");
                }

                _full.Writer.TryWrite(new Block(bytes, at - start, length));
                at += length;
                _arrived(null);
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            _arrived(failure as IOException ?? new IOException("The file is closed.", failure));
        }
    }

    private sealed record Block(byte[] Bytes, long Start, int Length);
}
