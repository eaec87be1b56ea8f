using System.Buffers.Text;
using OmaIm.Load.Wire;

namespace OmaIm.Load.Neighbours;

/// <summary>A client of nats-server: its text protocol, one subject for each topic, own messages not sent back.</summary>
internal sealed class NatsSession(NeighbourSeat seat) : NeighbourSession(seat)
{
    private readonly byte[] _publish = Bytes($"PUB topic.{seat.Topic} {seat.FanOut.Plan.TextLength}\r\n");

    public override bool HearsItself => false;

    public override void Render(ReadOnlySpan<byte> text)
    {
        Write(_publish);
        Write(text);
        Write("\r\n"u8);
    }

    public override int OnBytes(WireConnection connection, ReadOnlySpan<byte> data)
    {
        var used = 0;
        while (connection.IsReading)
        {
            var rest = data[used..];
            var end = rest.IndexOf("\r\n"u8);
            if (end < 0)
            {
                break;
            }

            var line = rest[..end];
            var size = 0;
            if (line.StartsWith("MSG "u8))
            {
                // MSG subject sid size, then the message and CRLF
                if (!Utf8Parser.TryParse(line[(line.LastIndexOf((byte)' ') + 1)..], out size, out _) || size < 0)
                {
                    connection.Lose("not a size in MSG");
                    break;
                }

                size += 2;
                if (rest.Length < end + 2 + size)
                {
                    break;
                }

                FanOut.Take(this, rest.Slice(end + 2, size - 2));
            }
            else
            {
                OnLine(connection, line);
            }

            used += end + 2 + size;
        }

        return used;
    }

    protected override void Begin() => Write(
        $$"""CONNECT {"verbose":false,"pedantic":false,"echo":false,"name":"omaim-load","lang":"c#","version":"1"}""" + $"\r\nSUB topic.{Topic} 1\r\nPING\r\n");

    private void OnLine(WireConnection connection, ReadOnlySpan<byte> line)
    {
        if (line.SequenceEqual("PONG"u8))
        {
            IsReady = true; // the subscription was read before the PING
        }
        else if (line.SequenceEqual("PING"u8))
        {
            Write("PONG\r\n"u8);
        }
        else if (line.StartsWith("-ERR"u8))
        {
            connection.Lose(System.Text.Encoding.UTF8.GetString(line));
        }
    }
}
