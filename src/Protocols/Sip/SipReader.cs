using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip;

/// <summary>
/// Frames SIP messages (RFC 3261 sections 7.5 and 18.3). What is kept of the input is copied. Header values are not read here:
/// <see cref="SipSanity"/> judges them.
/// </summary>
/// <remarks>
/// With <see cref="ParseStatus.Malformed"/> the message is not null when the sender can be told: a request other than
/// ACK that has a Via. Answer it with <see cref="SipRejections"/>.
/// </remarks>
public static class SipReader
{
    /// <summary>
    /// Reads one datagram, or one WebSocket message (RFC 7118 section 5): never <see cref="ParseStatus.NeedMoreData"/>. The
    /// body ends where Content-Length says, octets behind it are ignored; without Content-Length it ends with the datagram.
    /// Complete with a null message: a keep-alive, nothing but line ends.
    /// </summary>
    public static ParseStatus ReadDatagram(ReadOnlySpan<byte> datagram, SipLimits limits, out SipMessage? message, out SipRejection rejection)
    {
        message = null;
        var text = datagram.TrimStart("\r\n"u8); // RFC 3261 section 7.5: ignore any CRLF before the start line
        if (text.IsEmpty)
        {
            rejection = SipRejection.None;
            return ParseStatus.Complete;
        }

        var status = SipHeadScanner.Scan(text, limits, out var headLength, out rejection);
        if (status != ParseStatus.Complete)
        {
            rejection = status == ParseStatus.NeedMoreData ? SipRejection.IncompleteHead : rejection;
            message = ReadUnframed(text[..headLength]);
            return ParseStatus.Malformed;
        }

        var rest = text.Length - headLength;
        var isLengthKnown = SipHeadScanner.TryFindContentLength(text[..headLength], out var contentLength);
        if (!isLengthKnown || contentLength > rest)
        {
            rejection = isLengthKnown ? SipRejection.TruncatedBody : SipRejection.BadContentLength;
            message = ReadUnframed(text[..headLength]);
            return ParseStatus.Malformed;
        }

        return ReadFramed(text, headLength, contentLength < 0 ? rest : contentLength, out message, out rejection);
    }

    /// <summary>
    /// Reads the message at the start of a stream's unread octets. Nothing is consumed unless a whole message, or a whole
    /// keep-alive, is there. Complete with a null message: keep-alive (RFC 5626 section 4.4.1), of 4 octets a ping, which is to
    /// be answered with CRLF, of 2 octets a pong or half of a ping; two halves in a row are a ping. Malformed with
    /// <see cref="SipRejections.CloseStream"/>: nothing is consumed and the stream is lost; otherwise the message is consumed
    /// and the stream goes on.
    /// </summary>
    public static ParseStatus ReadStream(
        ReadOnlySpan<byte> buffer, SipLimits limits, out int consumed, out SipMessage? message, out SipRejection rejection)
    {
        message = null;
        consumed = 0;
        rejection = SipRejection.None;
        if (buffer.StartsWith("\r\n"u8))
        {
            consumed = buffer.StartsWith("\r\n\r\n"u8) ? 4 : 2;
            return ParseStatus.Complete;
        }

        var status = SipHeadScanner.Scan(buffer, limits, out var headLength, out rejection);
        if (status == ParseStatus.Complete)
        {
            rejection = CheckContentLength(buffer[..headLength], limits, out var bodyLength);
            if (rejection == SipRejection.None)
            {
                if (buffer.Length - headLength < bodyLength)
                {
                    return ParseStatus.NeedMoreData;
                }

                consumed = headLength + bodyLength;
                return ReadFramed(buffer, headLength, bodyLength, out message, out rejection);
            }
        }

        if (rejection == SipRejection.None)
        {
            return ParseStatus.NeedMoreData;
        }

        message = ReadUnframed(buffer[..headLength]);
        return ParseStatus.Malformed;
    }

    private static SipRejection CheckContentLength(ReadOnlySpan<byte> head, SipLimits limits, out int contentLength)
        => !SipHeadScanner.TryFindContentLength(head, out contentLength) ? SipRejection.BadContentLength
            : contentLength < 0 ? SipRejection.MissingContentLength
            : contentLength > limits.Body ? SipRejection.BodyTooLarge
            : SipRejection.None;

    private static ParseStatus ReadFramed(
        ReadOnlySpan<byte> text, int headLength, int bodyLength, out SipMessage? message, out SipRejection rejection)
    {
        Memory<byte> copy = text[..(headLength + bodyLength)].ToArray();
        message = SipHeadParser.Parse(copy[..headLength], out rejection);
        message.Body = copy[headLength..];
        if (rejection == SipRejection.None)
        {
            return ParseStatus.Complete;
        }

        message = IsAnswerable(message) ? message : null;
        return ParseStatus.Malformed;
    }

    /// <summary>What there is to answer of a message whose end is unknown: its whole lines.</summary>
    private static SipMessage? ReadUnframed(ReadOnlySpan<byte> lines)
    {
        if (lines.IsEmpty)
        {
            return null;
        }

        var message = SipHeadParser.Parse(lines.ToArray(), out _);
        return IsAnswerable(message) ? message : null;
    }

    private static bool IsAnswerable(SipMessage message)
        => message.IsRequest && message.Method != SipMethod.Ack && message.Headers.Contains(SipHeaderId.Via);
}
