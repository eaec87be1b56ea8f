using System.Buffers.Binary;
using System.Security.Cryptography;

namespace OmaIm.Load.Anchor;

/// <summary>A file that is made while it is sent: random blocks, each of which begins with its number, so that none can take another's place.</summary>
internal sealed class FileContent
{
    private const int BlockLength = 256 * 1024;

    private readonly byte[] _block = RandomNumberGenerator.GetBytes(BlockLength);

    public FileContent(long length)
    {
        Length = length;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var at = 0L; at < length; at += BlockLength)
        {
            hash.AppendData(Block(at).Span);
        }

        Hash = hash.GetHashAndReset();
    }

    public long Length { get; }

    /// <summary>The SHA-256 of the whole.</summary>
    public byte[] Hash { get; }

    /// <summary>What stands at a multiple of a block's length, at most a block; valid until the next one is asked for.</summary>
    public ReadOnlyMemory<byte> Block(long start)
    {
        BinaryPrimitives.WriteInt64BigEndian(_block, start);
        return _block.AsMemory(0, (int)Math.Min(BlockLength, Length - start));
    }
}
