using System.Buffers;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip;

/// <summary>
/// Turns a head into a message without reading any header's value: the message refers to the given bytes, in which folded
/// lines are joined. It goes on behind a mistake and reports the first, so that the message can be answered.
/// </summary>
internal ref struct SipHeadParser
{
    private static readonly SearchValues<byte> LineEnd = SearchValues.Create("\r\n"u8);

    private readonly Memory<byte> _memory;
    private SipRejection _rejection;

    private SipHeadParser(Memory<byte> head) => _memory = head;

    public static SipMessage Parse(Memory<byte> head, out SipRejection rejection)
    {
        var parser = new SipHeadParser(head);
        var message = parser.Parse();
        rejection = parser._rejection;
        return message;
    }

    private SipMessage Parse()
    {
        var text = _memory.Span;
        var lineEnd = text.IndexOf("\r\n"u8);
        var headers = new SipHeaders(text.Count((byte)'\n'));
        var message = text.StartsWith("SIP/"u8) ? ParseStatusLine(lineEnd, headers) : ParseRequestLine(lineEnd, headers);
        var position = lineEnd + 2;
        while (position < text.Length && text[position] != '\r')
        {
            var length = SipHeadScanner.LogicalLineLength(text[position..]);
            ParseHeader(position, position + length - 2, headers);
            position += length;
        }

        return message;
    }

    // Request-Line = Method SP Request-URI SP SIP-Version CRLF (RFC 3261 section 7.1): one SP each, none elsewhere
    private SipMessage ParseRequestLine(int lineEnd, SipHeaders headers)
    {
        var line = _memory.Span[..lineEnd];
        var space = line.IndexOf((byte)' ');
        var method = space < 0 ? line : line[..space];
        var last = line.LastIndexOf((byte)' ');
        var uri = last > space ? _memory[(space + 1)..last] : default;
        var version = last > space ? line[(last + 1)..] : default;
        if (method.IsEmpty || method.ContainsAnyExcept(Grammar.Token))
        {
            Reject(SipRejection.BadStartLine);
            method = default;
        }

        if (uri.IsEmpty || uri.Span.Contains((byte)' '))
        {
            Reject(SipRejection.BadStartLine);
            uri = default;
        }

        CheckVersion(version);
        return new SipMessage(SipMethod.FromToken(method), uri, headers);
    }

    // Status-Line = SIP-Version SP Status-Code SP Reason-Phrase CRLF ; Status-Code = 3DIGIT (section 7.2)
    private SipMessage ParseStatusLine(int lineEnd, SipHeaders headers)
    {
        var line = _memory[..lineEnd];
        var space = line.Span.IndexOf((byte)' ');
        var version = space < 0 ? line.Span : line.Span[..space];
        var rest = space < 0 ? default : line[(space + 1)..];
        CheckVersion(version);
        var codeLength = rest.Span.IndexOf((byte)' ');
        if (codeLength < 0)
        {
            Reject(SipRejection.BadStartLine);
            return new SipMessage(0, default, headers);
        }

        if (codeLength != 3 || !Digits.TryParse(rest.Span[..codeLength], 699, out var code) || code < 100)
        {
            Reject(SipRejection.BadStatusCode);
            code = 0;
        }

        return new SipMessage((int)code, rest[(codeLength + 1)..], headers);
    }

    // SIP-Version = "SIP" "/" 1*DIGIT "." 1*DIGIT, compared without case
    private void CheckVersion(ReadOnlySpan<byte> version)
    {
        if (Ascii.EqualsIgnoreCase(version, "SIP/2.0"u8))
        {
            return;
        }

        var number = version.Length > 4 && Ascii.EqualsIgnoreCase(version[..4], "SIP/"u8) ? version[4..] : default;
        var dot = number.IndexOf((byte)'.');
        var isVersion = dot > 0 && Digits.TryParse(number[..dot], out _) && Digits.TryParse(number[(dot + 1)..], out _);
        Reject(isVersion ? SipRejection.UnsupportedVersion : SipRejection.BadStartLine);
    }

    // message-header = header-name HCOLON header-value CRLF ; HCOLON = *( SP / HTAB ) ":" SWS
    private void ParseHeader(int start, int end, SipHeaders headers)
    {
        var line = _memory[start..end];
        Unfold(line.Span);
        var colon = line.Span.IndexOf((byte)':');

        // The blanks before the colon are no part of the name: a header does not pass for another one by them.
        var name = colon < 0 ? default : line[..colon].TrimEnd(" \t"u8);
        if (name.IsEmpty || name.Span.ContainsAnyExcept(Grammar.Token))
        {
            Reject(SipRejection.BadHeaderLine);
            return;
        }

        headers.Append(new SipHeaderField(SipHeaderNames.Lookup(name.Span), name, line[(colon + 1)..].Trim(" \t"u8)));
    }

    /// <summary>A folded line means the same as one with SP in place of the line end (section 7.3.1).</summary>
    private static void Unfold(Span<byte> line) => line.ReplaceAny(LineEnd, (byte)' ');

    private void Reject(SipRejection rejection)
    {
        if (_rejection == SipRejection.None)
        {
            _rejection = rejection;
        }
    }
}
