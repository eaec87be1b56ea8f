using System.Text;

namespace OmaIm.Tests.Unit.Protocols;

/// <summary>Turns text as it stands in a test into bytes as they stand on the wire.</summary>
internal static class WireText
{
    /// <summary>UTF-8 with CRLF line ends, and one behind the last line.</summary>
    public static byte[] Lines(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n") + "\r\n");

    /// <summary>UTF-8 with CRLF line ends, and nothing behind the last line.</summary>
    public static byte[] Crlf(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>
    /// The input with one byte changed: at every offset, to each of the bytes that parsers stumble over. A larger step spares the
    /// XML tests thousands of exceptions; each byte begins one offset later, so every offset gets its turn.
    /// </summary>
    public static IEnumerable<byte[]> Mutations(byte[] input, int step = 1)
    {
        var start = 0;
        foreach (var replacement in "\0\r\n\t \"\\<>:;=/0A\u007f"u8.ToArray().Append((byte)0xFF))
        {
            for (var i = start++ % step; i < input.Length; i += step)
            {
                var changed = (byte[])input.Clone();
                changed[i] = replacement;
                yield return changed;
            }
        }
    }
}
