using Microsoft.Win32.SafeHandles;

namespace OmaIm.Client.Receipts;

/// <summary>The file of a <see cref="FileJournal"/>: eight bytes that say what it is, then records. One thread at a time.</summary>
internal sealed class JournalFile : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly byte[] Magic = "OmaImJ2\n"u8.ToArray();

    private readonly string _path;
    private SafeFileHandle _handle;
    private readonly long _limit;
    private long _longest;
    private long _length;
    private bool _isBroken;

    private JournalFile(string path, long limit, SafeFileHandle handle, long length) =>
        (_path, _limit, _longest, _handle, _length) = (path, limit, limit, handle, length);

    /// <summary>Whether most of the file may be records of what is gone.</summary>
    public bool IsDueForCompaction => _length > _longest;

    public static JournalFile Open(string path, JournalOptions options, JournalContents contents, out JournalScan scan)
    {
        var handle = OpenHandle(path, FileMode.OpenOrCreate);
        try
        {
            var bytes = new byte[RandomAccess.GetLength(handle)];
            var size = 0;
            for (var read = -1; read != 0 && size < bytes.Length; size += read)
            {
                read = RandomAccess.Read(handle, bytes.AsSpan(size), size);
            }

            if (!bytes.AsSpan().StartsWith(Magic) && !Magic.AsSpan().StartsWith(bytes))
            {
                throw new InvalidDataException(path + " is no message journal.");
            }

            scan = JournalScan.Read(bytes.AsMemory(0, size), Math.Min(Magic.Length, size), contents);
            var file = new JournalFile(path, Longest(options), handle, scan.Length);
            if (scan.IsDamaged)
            {
                Keep(path + ".broken", bytes);
            }

            file.Begin(isCut: scan.Length < size);
            if (scan.IsDamaged)
            {
                file.Compact(contents.ToRecords());
            }

            return file;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Appends records and flushes them to the disk: all of them, or none.</summary>
    public void Append(IEnumerable<byte[]> records)
    {
        if (_isBroken)
        {
            throw new IOException(_path + " failed to be flushed before: nobody knows what of it is on the disk.");
        }

        byte[] bytes = [.. records.SelectMany(record => record)];
        try
        {
            RandomAccess.Write(_handle, bytes, _length);
        }
        catch (IOException)
        {
            // Mostly the disk is full. What was written in part would end what can be read.
            _isBroken = true;
            RandomAccess.SetLength(_handle, _length);
            _isBroken = false;
            throw;
        }

        Flush();
        _length += bytes.Length;
    }

    /// <summary>Writes what is left into a new file and lets it take this one's place. When that fails, this one goes on.</summary>
    public void Compact(IEnumerable<JournalRecord> records)
    {
        var path = _path + ".new";
        SafeFileHandle? handle = null;
        try
        {
            handle = OpenHandle(path, FileMode.Create);
            byte[] bytes = [.. Magic, .. records.SelectMany(record => record.ToBytes())];
            RandomAccess.Write(handle, bytes, 0);
            RandomAccess.FlushToDisk(handle);
            File.Move(path, _path, overwrite: true);
            (handle, _handle) = (_handle, handle);
            (_length, _isBroken) = (bytes.Length, true);
            DirectoryEntries.FlushOf(_path);
            _isBroken = false;
        }
        catch (Exception)
        {
            // Before the move this file goes on. After it nobody knows which of the two a power failure leaves: nothing more is kept.
            TryDelete(path);
        }

        handle?.Dispose();

        // What cannot be made shorter now is not tried again with each message.
        _longest = Math.Max(_limit, 2 * _length);
    }

    public void Dispose() => _handle.Dispose();

    private void Begin(bool isCut)
    {
        if (isCut)
        {
            RandomAccess.SetLength(_handle, _length);
        }

        if (_length < Magic.Length)
        {
            RandomAccess.Write(_handle, Magic, 0);
            _length = Magic.Length;
        }

        Flush();
        DirectoryEntries.FlushOf(_path);
    }

    private void Flush()
    {
        try
        {
            RandomAccess.FlushToDisk(_handle);
        }
        catch (IOException)
        {
            // The kernel forgets the pages that it could not write: a second try would succeed and prove nothing.
            _isBroken = true;
            throw;
        }
    }

    private static void Keep(string path, ReadOnlySpan<byte> bytes)
    {
        using var handle = OpenHandle(path, FileMode.Create);
        RandomAccess.Write(handle, bytes, 0);
        RandomAccess.FlushToDisk(handle);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is written over the next time.
        }
    }

    // Twice what may be kept, and some room for receipts.
    private static long Longest(JournalOptions options) => (2 * options.MaximumBytes) + (1024L * options.MaximumMessages);

    private static SafeFileHandle OpenHandle(string path, FileMode mode)
    {
        var handle = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.None);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(handle, OwnerOnly);
        }

        return handle;
    }
}
