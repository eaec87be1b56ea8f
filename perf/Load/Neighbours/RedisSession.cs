using System.Buffers.Text;
using System.Text;
using OmaIm.Load.Wire;

namespace OmaIm.Load.Neighbours;

/// <summary>A client of redis: pub/sub by RESP3, in which one connection may publish and be subscribed. A publisher hears himself.</summary>
internal sealed class RedisSession(NeighbourSeat seat) : NeighbourSession(seat)
{
    private readonly byte[] _publish = Bytes(
        $"*3\r\n$7\r\nPUBLISH\r\n${$"topic-{seat.Topic}".Length}\r\ntopic-{seat.Topic}\r\n${seat.FanOut.Plan.TextLength}\r\n");

    public override bool HearsItself => true;

    public override void Render(ReadOnlySpan<byte> text)
    {
        Write(_publish);
        Write(text);
        Write("\r\n"u8);
    }

    public override int OnBytes(WireConnection connection, ReadOnlySpan<byte> data)
    {
        var used = 0;
        while (connection.IsReading && used < data.Length)
        {
            // Of each reply or push the first and the last string say all.
            var at = used;
            ReadOnlySpan<byte> kind = default;
            ReadOnlySpan<byte> last = default;
            if (!TryRead(data, ref at, ref kind, ref last))
            {
                break;
            }

            if (data[used] == '>' && kind.SequenceEqual("message"u8))
            {
                FanOut.Take(this, last);
            }
            else if (data[used] == '>' && kind.SequenceEqual("subscribe"u8))
            {
                IsReady = true;
            }
            else if (data[used] == '-')
            {
                connection.Lose(Encoding.UTF8.GetString(data[used..at]).Trim());
            }

            used = at;
        }

        return used;
    }

    protected override void Begin() => Write($"HELLO 3\r\nSUBSCRIBE topic-{Topic}\r\n");

    /// <summary>Passes over one value with all that is in it; false when its end has not come yet.</summary>
    private static bool TryRead(ReadOnlySpan<byte> data, ref int at, ref ReadOnlySpan<byte> first, ref ReadOnlySpan<byte> last)
    {
        var rest = data[at..];
        var end = rest.IndexOf("\r\n"u8);
        if (end < 1)
        {
            return false;
        }

        at += end + 2;
        var type = rest[0];
        _ = Utf8Parser.TryParse(rest[1..end], out int count, out _);
        if (type is (byte)'$' or (byte)'=')
        {
            if (count >= 0 && data.Length < at + count + 2)
            {
                return false;
            }

            last = data.Slice(at, Math.Max(0, count));
            first = first.IsEmpty ? last : first;
            at += count >= 0 ? count + 2 : 0;
            return true;
        }

        var values = type is (byte)'*' or (byte)'>' or (byte)'~' ? count : type == '%' ? 2 * count : 0;
        while (values-- > 0)
        {
            if (!TryRead(data, ref at, ref first, ref last))
            {
                return false;
            }
        }

        return true;
    }
}
