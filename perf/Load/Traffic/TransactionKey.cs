using System.Buffers.Binary;
using System.Security.Cryptography;

namespace OmaIm.Load.Traffic;

/// <summary>
/// A transaction id that says what the answer to it is about, so that no table of open transactions is needed. Ids of different
/// connections may be equal: they are compared within one.
/// </summary>
/// <param name="Kind">What the request is about.</param>
/// <param name="Number">Sequence number of the message.</param>
/// <param name="Chunk">Number of the chunk, of which 16 bits are kept: far more than can be open at a time.</param>
internal readonly record struct TransactionKey(TransactionKind Kind, int Number, int Chunk)
{
    /// <summary>Bytes of an id: the kind, and 20 hexadecimal digits.</summary>
    public const int Length = 1 + (2 * BinaryLength);

    private const int BinaryLength = sizeof(int) + sizeof(ushort) + SaltLength;
    private const int SaltLength = 4;

    /// <summary>Random, so that no content, not even one that imitates end-lines, holds an id of this run.</summary>
    private static readonly byte[] Salt = RandomNumberGenerator.GetBytes(SaltLength);

    public static TransactionKey Binding => new(TransactionKind.Binding, 0, 0);

    /// <summary>Writes the id; returns it.</summary>
    public ReadOnlySpan<byte> Write(Span<byte> destination)
    {
        Span<byte> binary = stackalloc byte[BinaryLength];
        BinaryPrimitives.WriteInt32BigEndian(binary, Number);
        BinaryPrimitives.WriteUInt16BigEndian(binary[4..], (ushort)Chunk);
        Salt.CopyTo(binary[6..]);
        destination[0] = (byte)Kind;
        _ = Convert.TryToHexStringLower(binary, destination[1..], out _);
        return destination[..Length];
    }

    /// <summary>Reads an id of this run; false for any other.</summary>
    public static bool TryRead(ReadOnlySpan<byte> id, out TransactionKey key)
    {
        key = default;
        Span<byte> binary = stackalloc byte[BinaryLength];
        if (id.Length != Length
            || Convert.FromHexString(id[1..], binary, out _, out _) != System.Buffers.OperationStatus.Done
            || !binary[6..].SequenceEqual(Salt))
        {
            return false;
        }

        key = new TransactionKey((TransactionKind)id[0], BinaryPrimitives.ReadInt32BigEndian(binary), BinaryPrimitives.ReadUInt16BigEndian(binary[4..]));
        return true;
    }
}
