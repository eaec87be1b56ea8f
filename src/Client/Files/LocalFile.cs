using Microsoft.Win32.SafeHandles;
using OmaIm.Protocols.Sdp;

namespace OmaIm.Client.Files;

/// <summary>An open file that is going to be sent, with the size and the hash that it has.</summary>
internal sealed class LocalFile : IDisposable
{
    private LocalFile(FileToSend file, SafeFileHandle handle, FileSelector selector) => (File, Handle, Selector) = (file, handle, selector);

    public FileToSend File { get; }

    public SafeFileHandle Handle { get; }

    public FileSelector Selector { get; }

    public long Size => Selector.Size!.Value;

    /// <summary>Opens a file and reads it once, for its hash.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<LocalFile> OpenAsync(FileToSend file, CancellationToken cancellationToken)
    {
        var handle = System.IO.File.OpenHandle(file.Path, options: FileOptions.SequentialScan);
        try
        {
            var size = RandomAccess.GetLength(handle);
            using var hash = FileDigest.Create();
            await FileDigest.AddAsync(hash, handle, size, cancellationToken).ConfigureAwait(false);
            var selector = new FileSelector
            {
                Name = file.Name,
                MediaType = file.MediaType,
                Size = size,
                Hashes = [FileHash.Of(hash.GetHashAndReset())],
            };
            return new LocalFile(file, handle, selector);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public void Dispose() => Handle.Dispose();
}
