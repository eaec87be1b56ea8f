using System.Buffers.Binary;
using System.Security.Cryptography;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// Unpredictable identifiers of 64 random bits, written as 16 hexadecimal digits. Used by one thread; the bits come from the
/// cryptographic generator in large portions, so that an id costs a few nanoseconds.
/// </summary>
public sealed class TransactionIds
{
    /// <summary>Bytes of an id.</summary>
    public const int Length = 16;

    /// <summary>Bits that may say where something stands. 12: as many as a relayed side may owe; 52 random ones nobody guesses.</summary>
    public const int PlaceBits = 12;

    private const ulong PlaceMask = (1ul << PlaceBits) - 1;

    private readonly byte[] _bits = new byte[4096];
    private int _used = 4096;

    /// <summary>Writes a fresh id to the first <see cref="Length"/> bytes of <paramref name="destination"/> and returns its value.</summary>
    public ulong Next(Span<byte> destination)
    {
        if (_used == _bits.Length)
        {
            RandomNumberGenerator.Fill(_bits);
            _used = 0;
        }

        var value = BinaryPrimitives.ReadUInt64LittleEndian(_bits.AsSpan(_used));
        _used += sizeof(ulong);
        Write(value, destination);
        return value;
    }

    /// <summary>A fresh id that does not occur behind the hyphens of an end-line in <paramref name="body"/>: no body can forge a frame.</summary>
    public ulong NextFor(ReadOnlySpan<byte> body, Span<byte> destination)
    {
        var value = Next(destination);
        while (OccursBehindHyphens(body, destination[..Length]))
        {
            value = Next(destination);
        }

        return value;
    }

    /// <summary>The same with the lowest <see cref="PlaceBits"/> bits as given: by them its owner finds what was sent under the id.</summary>
    public ulong NextFor(ReadOnlySpan<byte> body, Span<byte> destination, uint place)
    {
        ulong value;
        do
        {
            value = (Next(destination) & ~PlaceMask) | place;
            Write(value, destination);
        }
        while (OccursBehindHyphens(body, destination[..Length]));
        return value;
    }

    /// <summary>Reads an id of this form; false for any other text.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        if (text.Length != Length)
        {
            return false;
        }

        foreach (var digit in text)
        {
            var nibble = digit is >= (byte)'0' and <= (byte)'9' ? digit - '0' : digit is >= (byte)'a' and <= (byte)'f' ? digit - 'a' + 10 : -1;
            if (nibble < 0)
            {
                return false;
            }

            value = (value << 4) | (uint)nibble;
        }

        return true;
    }

    /// <summary>Writes the digits of an id.</summary>
    public static void Write(ulong value, Span<byte> destination)
    {
        for (var i = Length - 1; i >= 0; i--)
        {
            destination[i] = "0123456789abcdef"u8[(int)(value & 15)];
            value >>= 4;
        }
    }

    internal static bool OccursBehindHyphens(ReadOnlySpan<byte> body, ReadOnlySpan<byte> id)
    {
        for (var at = body.IndexOf("-------"u8); at >= 0;)
        {
            body = body[(at + 1)..];
            if (body.Length >= 6 + Length && body[6..].StartsWith(id))
            {
                return true;
            }

            at = body.IndexOf("-------"u8);
        }

        return false;
    }
}
