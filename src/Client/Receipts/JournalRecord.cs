using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using OmaIm.Protocols.Imdn;

namespace OmaIm.Client.Receipts;

/// <summary>
/// One record of a journal. In a file: the length of what follows the head, the same with all bits inverted, the CRC-32C of it (4 bytes each,
/// little-endian), then the event, the key and, for a received message, the rest of it. The length stands there twice so that a damaged one is
/// not taken for that of a record which a crash has cut short: behind the one there is more, behind the other nothing.
/// </summary>
internal sealed record JournalRecord(JournalEvent Event, MessageKey Key, JournalMessage? Message = null)
{
    private const int HeadLength = 12;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>When a message came.</summary>
    public DateTimeOffset At { get; init; }

    /// <exception cref="ArgumentException">It holds text that is none: half of a surrogate pair.</exception>
    public byte[] ToBytes()
    {
        using var output = new MemoryStream();
        output.SetLength(HeadLength);
        output.Position = HeadLength;
        using var writer = new BinaryWriter(output, StrictUtf8);
        writer.Write((byte)Event);
        writer.Write(Key.Sender);
        writer.Write(Key.MessageId);
        if (Message is { } message)
        {
            writer.Write(message.To);
            writer.Write(message.SentAt?.UtcTicks ?? 0);
            writer.Write((int)message.Requests);
            writer.Write(message.ContentType);
            writer.Write((byte)message.ReceiptRoutes.Count);
            foreach (var route in message.ReceiptRoutes)
            {
                writer.Write(route);
            }

            writer.Write(message.Content.Length);
            writer.Write(message.Content.Span);
            writer.Write(At.UtcTicks);
            if (message.OriginalTo is { } originalTo)
            {
                writer.Write(originalTo); // last, and seldom there: journals were written without it
            }
        }

        writer.Flush();
        var bytes = output.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - HeadLength);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), ~(bytes.Length - HeadLength));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Checksum(bytes.AsSpan(HeadLength)));
        return bytes;
    }

    /// <summary>Reads the record at the front of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">The rest of the file.</param>
    /// <param name="record">The record; null when its sum is right and this program does not know what it says, and when there is none.</param>
    /// <param name="length">Its length with its head, or 0 when nobody knows.</param>
    public static JournalFinding Read(ReadOnlyMemory<byte> bytes, out JournalRecord? record, out int length)
    {
        (record, length) = (null, 0);
        if (bytes.Length < HeadLength)
        {
            return JournalFinding.CutShort;
        }

        var said = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span);
        var saidAgain = ~BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[4..]);
        if (said == saidAgain && said > bytes.Length - HeadLength)
        {
            return JournalFinding.CutShort;
        }

        foreach (var body in (ReadOnlySpan<int>)[said, saidAgain])
        {
            if (IsWhole(bytes.Span, body))
            {
                length = HeadLength + body;
                record = ReadBody(bytes.Slice(HeadLength, body));
                return said == saidAgain ? JournalFinding.Record : JournalFinding.Mended;
            }
        }

        length = said == saidAgain && said > 0 ? HeadLength + said : 0;
        return JournalFinding.Damaged;
    }

    private static bool IsWhole(ReadOnlySpan<byte> bytes, int body) => body > 0 && body <= bytes.Length - HeadLength
        && Checksum(bytes.Slice(HeadLength, body)) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);

    private static JournalRecord? ReadBody(ReadOnlyMemory<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()), StrictUtf8);
        try
        {
            var what = (JournalEvent)reader.ReadByte();
            var key = new MessageKey(reader.ReadString(), reader.ReadString());
            return what switch
            {
                JournalEvent.Received => ReadReceived(key, reader),
                JournalEvent.Displayed or JournalEvent.DeliverySettled or JournalEvent.DisplaySettled => new JournalRecord(what, key),
                _ => null,
            };
        }
        catch (Exception broken) when (broken is EndOfStreamException or FormatException or ArgumentException)
        {
            // The sum is right and the content is not: another program has written it.
            return null;
        }
    }

    private static JournalRecord ReadReceived(MessageKey key, BinaryReader reader)
    {
        var message = ReadMessage(key, reader);
        var at = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
        var originalTo = reader.BaseStream.Position < reader.BaseStream.Length ? reader.ReadString() : null;
        return new JournalRecord(JournalEvent.Received, key, message with { OriginalTo = originalTo }) { At = at };
    }

    private static JournalMessage ReadMessage(MessageKey key, BinaryReader reader)
    {
        var to = reader.ReadString();
        var sentAt = reader.ReadInt64();
        return new JournalMessage
        {
            Key = key,
            To = to,
            SentAt = sentAt == 0 ? null : new DateTimeOffset(sentAt, TimeSpan.Zero),
            Requests = (ImdnRequests)reader.ReadInt32(),
            ContentType = reader.ReadString(),
            ReceiptRoutes = ReadRoutes(reader),
            Content = reader.ReadBytes(reader.ReadInt32()),
        };
    }

    private static string[] ReadRoutes(BinaryReader reader)
    {
        var count = reader.ReadByte();
        return count == 0 ? [] : [.. Enumerable.Range(0, count).Select(_ => reader.ReadString())];
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        // All ones to begin with: zeros, as a file has where a crash left a hole, are then no valid record.
        var sum = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            sum = BitOperations.Crc32C(sum, word);
        }

        foreach (var octet in bytes[(words.Length * sizeof(ulong))..])
        {
            sum = BitOperations.Crc32C(sum, octet);
        }

        return ~sum;
    }
}
