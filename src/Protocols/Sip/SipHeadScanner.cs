using System.Buffers;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip;

/// <summary>Finds the end of start line and headers, and Content-Length in them. Copies and allocates nothing.</summary>
internal static class SipHeadScanner
{
    private static readonly SearchValues<byte> LineMarks = SearchValues.Create("\r\n\0"u8);

    /// <summary>
    /// Complete: <paramref name="length"/> is that of the head with its blank line. Malformed: it is that of the lines
    /// before the mistake. The verdict is that of the first mistake, so that it does not depend on how much has arrived.
    /// </summary>
    public static ParseStatus Scan(ReadOnlySpan<byte> text, SipLimits limits, out int length, out SipRejection rejection)
    {
        length = 0;
        var lines = 0;
        var position = 0;
        while (true)
        {
            var found = text[position..].IndexOfAny(LineMarks);
            var end = found < 0 ? text.Length : position + found;
            rejection = CheckLength(length, end, limits);
            if (rejection != SipRejection.None)
            {
                return ParseStatus.Malformed;
            }

            if (found < 0 || (text[end] == '\r' && end + 1 == text.Length))
            {
                return ParseStatus.NeedMoreData;
            }

            if (text[end] == 0 && end > 0 && text[end - 1] == '\\')
            {
                position = end + 1; // quoted-pair = "\" (%x00-09 / ...): the one legal NUL
                continue;
            }

            var isBlank = end == length;
            var isFolded = text[length] is (byte)' ' or (byte)'\t';
            lines += isBlank || isFolded ? 0 : 1;
            rejection = CheckLineEnd(text[end..], lines, limits);
            if (rejection != SipRejection.None)
            {
                return ParseStatus.Malformed;
            }

            length = position = end + 2;
            if (isBlank)
            {
                return ParseStatus.Complete;
            }
        }
    }

    /// <summary>Reads Content-Length (or l): -1 when it is absent. False when it is no number or stands twice.</summary>
    public static bool TryFindContentLength(ReadOnlySpan<byte> head, out int contentLength)
    {
        contentLength = -1;
        var rest = head[(head.IndexOf("\r\n"u8) + 2)..];
        while (!rest.IsEmpty)
        {
            var line = rest[..LogicalLineLength(rest)];
            rest = rest[line.Length..];
            var colon = line.IndexOf((byte)':');
            if (colon <= 0 || SipHeaderNames.Lookup(line[..colon].TrimEnd(" \t"u8)) != SipHeaderId.ContentLength)
            {
                continue;
            }

            if (contentLength >= 0 || !Digits.TryParse(line[(colon + 1)..].Trim(" \t\r\n"u8), int.MaxValue, out var number))
            {
                return false;
            }

            contentLength = (int)number;
        }

        return true;
    }

    /// <summary>The length of a header line with those that are folded into it (RFC 3261 section 7.3.1) and the last CRLF.</summary>
    public static int LogicalLineLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        do
        {
            length += text[length..].IndexOf("\r\n"u8) + 2;
        }
        while (length < text.Length && text[length] is (byte)' ' or (byte)'\t');

        return length;
    }

    private static SipRejection CheckLineEnd(ReadOnlySpan<byte> lineEnd, int lines, SipLimits limits)
        => lineEnd[0] == 0 ? SipRejection.NulOctet
            : !lineEnd.StartsWith("\r\n"u8) ? SipRejection.BareLineEnd
            : lines > 1 + limits.Headers ? SipRejection.TooManyHeaders
            : SipRejection.None;

    /// <summary>Which limit the line from start to end crosses first.</summary>
    private static SipRejection CheckLength(int start, int end, SipLimits limits)
    {
        var lineEnd = start + (start == 0 ? limits.StartLine : limits.HeaderLine);
        if (end <= Math.Min(lineEnd, limits.Head))
        {
            return SipRejection.None;
        }

        return limits.Head < lineEnd ? SipRejection.HeadTooLarge
            : start == 0 ? SipRejection.StartLineTooLong : SipRejection.HeaderLineTooLong;
    }
}
