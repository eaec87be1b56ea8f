using System.Buffers.Binary;

namespace OmaIm.Load.Messages;

/// <summary>What the text of every message begins with: who sends it, which of his messages it is, and when it was due.</summary>
/// <param name="Sender">Number of the sender, over all rooms.</param>
/// <param name="Sequence">Number of his message, from 0.</param>
/// <param name="Due">When it should leave, in nanoseconds of the driver's clock.</param>
internal readonly record struct Marker(uint Sender, int Sequence, long Due)
{
    /// <summary>Bytes of the written form: <c>load:</c>, 32 hexadecimal digits, a space.</summary>
    public const int Length = 5 + (2 * BinaryLength) + 1;

    private const int BinaryLength = sizeof(uint) + sizeof(int) + sizeof(long);

    private static ReadOnlySpan<byte> Label => "load:"u8;

    public void Write(Span<byte> destination)
    {
        Span<byte> binary = stackalloc byte[BinaryLength];
        BinaryPrimitives.WriteUInt32BigEndian(binary, Sender);
        BinaryPrimitives.WriteInt32BigEndian(binary[4..], Sequence);
        BinaryPrimitives.WriteInt64BigEndian(binary[8..], Due);
        Label.CopyTo(destination);
        _ = Convert.TryToHexStringLower(binary, destination[Label.Length..], out _);
        destination[Length - 1] = (byte)' ';
    }

    /// <summary>Reads the marker at the start of a text; false when there is none or it is damaged.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out Marker marker)
    {
        marker = default;
        Span<byte> binary = stackalloc byte[BinaryLength];
        if (text.Length < Length || !text.StartsWith(Label) || text[Length - 1] != ' '
            || Convert.FromHexString(text[Label.Length..(Length - 1)], binary, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        marker = new Marker(
            BinaryPrimitives.ReadUInt32BigEndian(binary),
            BinaryPrimitives.ReadInt32BigEndian(binary[4..]),
            BinaryPrimitives.ReadInt64BigEndian(binary[8..]));
        return marker.Sequence >= 0;
    }
}
