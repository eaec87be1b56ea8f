using System.Buffers;
using System.Text;
using System.Text.Unicode;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Multipart;

/// <summary>The headers before a blank line: of a body part, or of the content inside a CPIM message (RFC 2045 section 3).</summary>
internal static class MimeHeaderBlock
{
    /// <summary>Most headers; a part of a chat message has two or three.</summary>
    private const int MaximumHeaders = 32;

    /// <summary>Longest block in bytes, blank line included.</summary>
    private const int MaximumLength = 8 * 1024;

    // TAB is white space.
    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    /// <summary>
    /// Reads headers up to and including the blank line. Where <paramref name="mayEnd"/> allows it, the bytes may also end without
    /// one, and there is no content. False for a line that is no header, for control characters, invalid UTF-8 and crossed limits.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> text, bool mayEnd, out List<MimeHeader> headers, out int length)
    {
        headers = [];
        length = 0;
        var limit = Math.Min(text.Length, MaximumLength);
        while (length < limit)
        {
            var rest = text[length..limit];
            var end = rest.IndexOf((byte)'\n');
            if (end < 0 && (!mayEnd || limit < text.Length))
            {
                return false;
            }

            var line = end < 0 ? rest : rest[..end];
            length += end < 0 ? rest.Length : end + 1;
            if (end >= 0 && line is [.. var shorter, (byte)'\r'])
            {
                line = shorter;
            }

            if (line.IsEmpty)
            {
                return true;
            }

            if (!TryAdd(line, headers))
            {
                return false;
            }
        }

        return mayEnd && length == text.Length;
    }

    private static bool TryAdd(ReadOnlySpan<byte> line, List<MimeHeader> headers)
    {
        if (line.ContainsAny(Controls) || !Utf8.IsValid(line))
        {
            return false;
        }

        if (line[0] is (byte)' ' or (byte)'\t')
        {
            // RFC 2822 section 2.2.3: a line that begins with white space continues the one before.
            if (headers.Count == 0)
            {
                return false;
            }

            headers[^1] = headers[^1] with { Value = (headers[^1].Value + " " + Text(line)).Trim() };
            return true;
        }

        var colon = line.IndexOf((byte)':');
        if (colon < 1 || line[..colon].ContainsAnyExcept(Grammar.Token) || headers.Count == MaximumHeaders)
        {
            return false;
        }

        headers.Add(new MimeHeader(Encoding.UTF8.GetString(line[..colon]), Text(line[(colon + 1)..])));
        return true;
    }

    /// <summary>The first header of that name, or null.</summary>
    public static string? Find(IReadOnlyList<MimeHeader> headers, string name)
    {
        foreach (var header in headers)
        {
            if (string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }

    /// <summary>Writes <c>Name: value CRLF</c>. Throws <see cref="ArgumentException"/> for what could not stand on one line.</summary>
    public static void Write(StringBuilder output, string name, string value)
    {
        if (name.Length == 0 || Encoding.UTF8.GetBytes(name).AsSpan().ContainsAnyExcept(Grammar.Token))
        {
            throw new ArgumentException("Not a header name: " + name.ReplaceLineEndings(" "));
        }

        if (Encoding.UTF8.GetBytes(value).AsSpan().ContainsAny(Controls))
        {
            throw new ArgumentException("A control character in the value of " + name);
        }

        output.Append(name).Append(": ").Append(value).Append("\r\n");
    }

    private static string Text(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(value).Trim(' ', '\t');
}
