using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using OmaIm.Protocols.Sdp;

namespace OmaIm.Client.Files;

/// <summary>
/// The hash of a file, made piece by piece: SHA-1, which RFC 5547 knows, or a stronger one that a peer gives. It finds mistakes and continues
/// transfers; it proves nothing about who sent it.
/// </summary>
internal static class FileDigest
{
    private const int BlockSize = 1024 * 1024;

    /// <summary>The algorithms that are known, by their names in SDP (RFC 8122 section 5), strongest first.</summary>
    private static readonly (string Name, HashAlgorithmName Algorithm)[] Known =
    [
        ("sha-512", HashAlgorithmName.SHA512), ("sha-384", HashAlgorithmName.SHA384), ("sha-256", HashAlgorithmName.SHA256), (FileHash.Sha1, HashAlgorithmName.SHA1),
    ];

    /// <param name="algorithm">One of those that <see cref="CheckedOf"/> returns.</param>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "RFC 5547 section 6 knows no other.")]
    public static IncrementalHash Create(string algorithm = FileHash.Sha1) =>
        IncrementalHash.CreateHash(Known.First(known => known.Name == algorithm).Algorithm);

    /// <summary>The hash by which a file is checked: the strongest that this side can make. Null when none is given, or none is known.</summary>
    public static FileHash? CheckedOf(FileSelector selector) => Known
        .Select(known => selector.Hashes.FirstOrDefault(hash => hash.Algorithm == known.Name))
        .FirstOrDefault(hash => hash is not null);

    /// <summary>Whether hashes are given of which none can be checked: the file could be any.</summary>
    public static bool IsBeyond(FileSelector selector) => selector.Hashes.Count > 0 && CheckedOf(selector) is null;

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
