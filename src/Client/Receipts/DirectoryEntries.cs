using System.Runtime.InteropServices;

namespace OmaIm.Client.Receipts;

/// <summary>
/// The entries of a directory on the disk: a file that was made or renamed is found after a power failure only when its directory was flushed
/// too. Where the system has no such call, as on Windows, it keeps its directories safe by itself.
/// </summary>
internal static partial class DirectoryEntries
{
    private const int CloseOnExec = 0x80000;
    private const int InputOutputError = 5;

    /// <exception cref="IOException">The disk has failed.</exception>
    public static void FlushOf(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var directory = Open(Path.GetDirectoryName(Path.GetFullPath(path))!, CloseOnExec);
        if (directory < 0)
        {
            return; // one that may be written to but not read; it cannot be flushed
        }

        var hasFailed = Flush(directory) != 0 && Marshal.GetLastPInvokeError() == InputOutputError;
        _ = Close(directory);
        if (hasFailed)
        {
            throw new IOException("The directory of " + path + " could not be flushed.");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
