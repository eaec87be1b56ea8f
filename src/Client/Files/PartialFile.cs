using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Text;

namespace OmaIm.Client.Files;

/// <summary>
/// A file that is being received, beside its later place. Its name is the marker for going on after a break: it says which file it is a part
/// of, by hash and size, and its length says how far it has come. A file without hash cannot be gone on with and is removed.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private const string Extension = ".part";

    private readonly string _directory;
    private readonly FileSelector _selector;
    private readonly string _path;
    private readonly bool _canBeContinued;
    private readonly FileHash? _promised;
    private bool _isDone;

    private PartialFile(string directory, FileSelector selector, string path, SafeFileHandle handle, bool canBeContinued)
    {
        (_directory, _selector, _path, Handle, _canBeContinued) = (directory, selector, path, handle, canBeContinued);
        _promised = FileDigest.CheckedOf(selector);
        Hash = FileDigest.Create(_promised?.Algorithm ?? FileHash.Sha1);
    }

    public SafeFileHandle Handle { get; }

    /// <summary>The hash of what is there; the writer goes on with it.</summary>
    public IncrementalHash Hash { get; }

    /// <summary>Bytes that an earlier transfer has left.</summary>
    public long Length { get; private set; }

    /// <summary>Opens the part that is there, or a new one.</summary>
    /// <exception cref="IOException">The directory is not there, cannot be written, or is full.</exception>
    public static async Task<PartialFile> OpenAsync(string directory, FileSelector selector, CancellationToken cancellationToken)
    {
        if (TryOpenMarked(directory, selector) is { } marked)
        {
            await marked.HashAsync(cancellationToken).ConfigureAwait(false);
            return marked;
        }

        var path = Path.Combine(directory, $".{RandomToken.Create()}{Extension}");
        return new PartialFile(directory, selector, path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None), canBeContinued: false);
    }

    /// <summary>Bytes that are there of a file, so that only its rest need be asked for.</summary>
    public static long LengthOf(string directory, FileSelector selector) =>
        PathOf(directory, selector) is { } path && new FileInfo(path) is { Exists: true } file && file.Length < selector.Size ? file.Length : 0;

    /// <summary>Begins from the front: the other side sends all of it.</summary>
    public void Restart()
    {
        RandomAccess.SetLength(Handle, 0);
        _ = Hash.GetHashAndReset();
        Length = 0;
    }

    /// <summary>All is written: checks it, and gives it its name. What is not the file that was offered is removed.</summary>
    /// <returns>The file's path.</returns>
    /// <exception cref="ImException">The size or the hash is another.</exception>
    public string Finish()
    {
        var size = RandomAccess.GetLength(Handle);
        var hash = Hash.GetHashAndReset();
        if ((_selector.Size is { } expected && expected != size) || (_promised is { } promised && promised != FileHash.Of(hash, promised.Algorithm)))
        {
            Discard();
            throw ImException.ProtocolViolation("what came is not the file that was offered");
        }

        RandomAccess.FlushToDisk(Handle);
        _isDone = true;
        return SafeFileName.MoveInto(_path, _directory, SafeFileName.Of(_selector.Name));
    }

    /// <summary>Removes it: nobody will go on with it.</summary>
    public void Discard()
    {
        _isDone = true;
        File.Delete(_path);
    }

    /// <summary>Closes it. A part that can be gone on with stays.</summary>
    public void Dispose()
    {
        if (!_isDone && (!_canBeContinued || RandomAccess.GetLength(Handle) == 0))
        {
            Discard();
        }

        Handle.Dispose();
        Hash.Dispose();
    }

    private static PartialFile? TryOpenMarked(string directory, FileSelector selector)
    {
        if (PathOf(directory, selector) is not { } path)
        {
            return null;
        }

        try
        {
            var handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new PartialFile(directory, selector, path, handle, canBeContinued: true);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null; // another transfer of the same file is under way
        }
    }

    private static string? PathOf(string directory, FileSelector selector) => FileDigest.CheckedOf(selector) is { } hash && selector.Size is { } size
        ? Path.Combine(directory, $".{hash.Value.Replace(":", string.Empty, StringComparison.Ordinal)}-{size.ToString(System.Globalization.CultureInfo.InvariantCulture)}{Extension}")
        : null;

    private async Task HashAsync(CancellationToken cancellationToken)
    {
        Length = RandomAccess.GetLength(Handle);
        if (Length >= _selector.Size)
        {
            Restart();
            return;
        }

        try
        {
            await FileDigest.AddAsync(Hash, Handle, Length, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Dispose();
            throw;
        }
    }
}
