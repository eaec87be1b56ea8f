using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sdp;

/// <summary>Reads the lines of one session description (RFC 8866 section 9).</summary>
internal sealed class SdpReader
{
    // byte-string = 1*(%x01-09/%x0B-0C/%x0E-FF): of the control characters only NUL, CR and LF are forbidden by the RFC.
    // None of the others has a meaning in what we read, so they are refused too, TAB excepted.
    private static readonly SearchValues<byte> Forbidden =
        SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    private SdpOrigin? _origin;
    private string? _sessionName;
    private string? _sessionConnection;
    private MediaDescription? _section;
    private List<SdpAttribute> _attributes;
    private readonly List<SdpAttribute> _sessionAttributes = [];
    private readonly List<MediaDescription> _media = [];

    private SdpReader() => _attributes = _sessionAttributes;

    public static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SessionDescription? description)
    {
        description = null;
        if (text.Length > SdpLimits.Length || !Utf8.IsValid(text) || !TryTakeLine(ref text, out var version) || !version.SequenceEqual("v=0"u8))
        {
            return false;
        }

        var reader = new SdpReader();
        while (!text.IsEmpty)
        {
            if (!TryTakeLine(ref text, out var line))
            {
                return false;
            }

            if (line.IsEmpty)
            {
                // Some clients end the body with an empty line. In the middle it would hide the rest from other readers.
                if (text.IndexOfAnyExcept((byte)'\r', (byte)'\n') >= 0)
                {
                    return false;
                }

                break;
            }

            if (!reader.ReadLine(line))
            {
                return false;
            }
        }

        return reader.TryFinish(out description);
    }

    /// <summary>Cuts one line off: up to CRLF, a single LF or the end.</summary>
    private static bool TryTakeLine(ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> line)
    {
        var end = text.IndexOf((byte)'\n');
        line = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        if (line is [.. var shorter, (byte)'\r'])
        {
            line = shorter;
        }

        return !line.ContainsAny(Forbidden);
    }

    private bool ReadLine(ReadOnlySpan<byte> line)
    {
        // type "=" value, no space on either side of the "="
        if (line is not [>= (byte)'a' and <= (byte)'z', (byte)'=', ..])
        {
            return false;
        }

        var value = line[2..];
        return line[0] switch
        {
            (byte)'v' => false,
            (byte)'o' => ReadOrigin(value),
            (byte)'s' => ReadSessionName(value),
            (byte)'i' => ReadInformation(value),
            (byte)'c' => ReadConnection(value),
            (byte)'m' => ReadMedia(value),
            (byte)'a' => ReadAttribute(value),
            _ => true, // u= e= p= b= t= r= z= k= and whatever comes later say nothing that is needed here
        };
    }

    // o=<username> <sess-id> <sess-version> <nettype> <addrtype> <unicast-address>
    private bool ReadOrigin(ReadOnlySpan<byte> value)
    {
        var user = TakeField(ref value);
        var sessionId = TakeField(ref value);
        if (_origin is not null || user.IsEmpty || sessionId.IsEmpty ||
            !Digits.TryParse(TakeField(ref value), out var version) ||
            !TryReadAddress(value, out var address))
        {
            return false;
        }

        _origin = new SdpOrigin(Text(user), Text(sessionId), version, address);
        return true;
    }

    private bool ReadSessionName(ReadOnlySpan<byte> value)
    {
        if (_sessionName is not null)
        {
            return false;
        }

        _sessionName = Text(value);
        return true;
    }

    // i=<session description>; that of a section is passed on with it
    private bool ReadInformation(ReadOnlySpan<byte> value)
    {
        if (_section is not null)
        {
            _section = _section with { Information = _section.Information ?? Text(value) };
        }

        return true;
    }

    // c=<nettype> <addrtype> <connection-address>
    private bool ReadConnection(ReadOnlySpan<byte> value)
    {
        if (!TryReadAddress(value, out var address))
        {
            return false;
        }

        // A section may have several c= lines (multicast layers); the first is the one to use.
        if (_section is null)
        {
            _sessionConnection ??= address;
        }
        else
        {
            _section = _section with { ConnectionAddress = _section.ConnectionAddress ?? address };
        }

        return true;
    }

    // m=<media> <port>["/"<number of ports>] <proto> <fmt> ...
    private bool ReadMedia(ReadOnlySpan<byte> value)
    {
        CloseSection();
        var media = TakeField(ref value);
        var port = TakeField(ref value);
        var protocol = TakeField(ref value);
        var formats = value.Trim((byte)' ');
        if (port.IndexOf((byte)'/') is var slash and >= 0)
        {
            port = port[..slash];
        }

        if (_media.Count == SdpLimits.Media || media.IsEmpty || protocol.IsEmpty || formats.IsEmpty || !Digits.TryParse(port, 65535, out var number))
        {
            return false;
        }

        _attributes = [];
        _section = new MediaDescription { Media = Text(media), Port = (int)number, Protocol = Text(protocol), Formats = Text(formats) };
        return true;
    }

    // a=<attribute> / a=<attribute>:<value>
    private bool ReadAttribute(ReadOnlySpan<byte> value)
    {
        var colon = value.IndexOf((byte)':');
        var name = colon < 0 ? value : value[..colon];
        if (_attributes.Count == SdpLimits.Attributes || name.IsEmpty || name.ContainsAnyExcept(Grammar.Token))
        {
            return false;
        }

        _attributes.Add(new SdpAttribute(Text(name), colon < 0 ? null : Text(value[(colon + 1)..])));
        return true;
    }

    // <nettype> <addrtype> <address>
    private static bool TryReadAddress(ReadOnlySpan<byte> value, out string address)
    {
        var isInternet = TakeField(ref value).SequenceEqual("IN"u8);
        var addressType = TakeField(ref value);
        var text = value.TrimEnd((byte)' ');

        // "/ttl" and "/ttl/number" belong to multicast and are of no use to TCP.
        var slash = text.IndexOf((byte)'/');
        address = Text(slash < 0 ? text : text[..slash]);
        return isInternet && (addressType.SequenceEqual("IP4"u8) || addressType.SequenceEqual("IP6"u8)) &&
            address.Length > 0 && !address.Contains(' ', StringComparison.Ordinal);
    }

    /// <summary>Cuts off what stands before the next space.</summary>
    private static ReadOnlySpan<byte> TakeField(ref ReadOnlySpan<byte> value)
    {
        var space = value.IndexOf((byte)' ');
        var field = space < 0 ? value : value[..space];
        value = space < 0 ? default : value[(space + 1)..];
        return field;
    }

    private void CloseSection()
    {
        if (_section is not null)
        {
            _media.Add(_section with { Attributes = _attributes });
            _section = null;
        }
    }

    private bool TryFinish([NotNullWhen(true)] out SessionDescription? description)
    {
        CloseSection();
        description = _origin is null ? null : new SessionDescription
        {
            Origin = _origin,
            SessionName = _sessionName ?? "-",
            ConnectionAddress = _sessionConnection,
            Attributes = _sessionAttributes,
            Media = _media,
        };
        return description is not null;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
