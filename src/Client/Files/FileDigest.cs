using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace OmaIm.Client.Files;

/// <summary>The SHA-1 hash by which RFC 5547 knows a file, made piece by piece. It finds mistakes and continues transfers; it proves nothing about who sent it.</summary>
[SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "RFC 5547 section 6 knows no other.")]
internal static class FileDigest
{
    private const int BlockSize = 1024 * 1024;

    public static IncrementalHash Create() => IncrementalHash.CreateHash(HashAlgorithmName.SHA1);

    /// <summary>Adds the first <paramref name="length"/> bytes of a file, on a thread of the pool.</summary>
    /// <exception cref="EndOfStreamException">It is shorter.</exception>
    public static Task AddAsync(IncrementalHash hash, SafeFileHandle file, long length, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var block = new byte[BlockSize];
            for (long offset = 0; offset < length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var read = RandomAccess.Read(file, block.AsSpan(0, (int)Math.Min(block.Length, length - offset)), offset);
                if (read == 0)
                {
                    throw new EndOfStreamException("The file has become shorter.");
                }

                hash.AppendData(block, 0, read);
                offset += read;
            }
        },
        cancellationToken);
}
