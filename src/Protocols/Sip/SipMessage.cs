using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace OmaIm.Protocols.Sip;

/// <summary>
/// A SIP request or response (RFC 3261 section 7). The headers that OmaIm knows are typed properties (From, Vias...) that
/// read their line when they are first asked for; a property is null, or a list empty, when the header is absent or malformed.
/// Behind <see cref="SipSanity"/> From, To, CallId, CSeq and Via are never null. Not thread-safe.
/// </summary>
public sealed partial class SipMessage
{
    private readonly SipMethod _method;
    private readonly ReadOnlyMemory<byte> _reasonPhrase;
    private ReadOnlyMemory<byte> _requestUriText;
    private SipUri? _requestUri;

    internal SipMessage(SipMethod method, ReadOnlyMemory<byte> requestUri, SipHeaders headers)
    {
        IsRequest = true;
        _method = method;
        _requestUriText = requestUri;
        Headers = headers;
    }

    internal SipMessage(int statusCode, ReadOnlyMemory<byte> reasonPhrase, SipHeaders headers)
    {
        StatusCode = statusCode;
        _reasonPhrase = reasonPhrase;
        Headers = headers;
    }

    /// <summary>Whether it is a request.</summary>
    public bool IsRequest { get; }

    /// <summary>The method of the start line; of a response, that of its CSeq (default when that is malformed).</summary>
    public SipMethod Method => IsRequest ? _method : CSeq?.Method ?? default;

    /// <summary>The status code of a response, 100 to 699; 0 for a request.</summary>
    public int StatusCode { get; }

    /// <summary>The reason phrase of a response, without control characters.</summary>
    public string ReasonPhrase => PlainText.Read(_reasonPhrase.Span);

    /// <summary>The header lines.</summary>
    public SipHeaders Headers { get; }

    /// <summary>The body; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Body { get; internal set; }

    /// <summary>The Request-URI. Setting it replaces the text of the start line.</summary>
    /// <exception cref="InvalidOperationException">The message is a response, or its Request-URI is malformed (<see cref="SipSanity"/> finds that).</exception>
    public SipUri RequestUri
    {
        get => TryGetRequestUri() ?? throw new InvalidOperationException("The message has no well-formed Request-URI.");
        set
        {
            if (!IsRequest)
            {
                throw new InvalidOperationException("A response has no Request-URI.");
            }

            _requestUri = value;
            _requestUriText = Encoding.UTF8.GetBytes(value.ToString());
        }
    }

    /// <summary>The Request-URI as it stands in the start line, byte for byte; empty for a response.</summary>
    public ReadOnlySpan<byte> RequestUriText => _requestUriText.Span;

    /// <summary>A request with a start line and Max-Forwards: 70, nothing else.</summary>
    public static SipMessage CreateRequest(SipMethod method, SipUri requestUri)
    {
        var message = new SipMessage(method, default, new SipHeaders(16)) { RequestUri = requestUri.WithoutHeaders() };
        message.Headers.Add(SipHeaderId.MaxForwards, "70");
        return message;
    }

    /// <summary>
    /// A response with the Vias, From, To, Call-ID and CSeq of the request, as far as they are there (RFC 3261 section 8.2.6.2);
    /// of a header that the request wrongly repeats the first line. A To tag is not added.
    /// </summary>
    public static SipMessage CreateResponse(SipMessage request, int status, string? phrase = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 699);
        phrase ??= SipReasonPhrases.Of(status);
        if (phrase.AsSpan().ContainsAny('\r', '\n', '\0'))
        {
            throw new ArgumentException("A reason phrase cannot hold CR, LF or NUL.", nameof(phrase));
        }

        var response = new SipMessage(status, Encoding.UTF8.GetBytes(phrase), new SipHeaders(16));
        foreach (var field in request.Headers)
        {
            if (IsEchoed(field.Id, response.Headers))
            {
                response.Headers.Add(field);
            }
        }

        return response;
    }

    /// <summary>A copy of a request with nothing but what <see cref="CreateResponse"/> takes over, in memory of its own.</summary>
    public static SipMessage CreateOutline(SipMessage request)
    {
        const int UsualHeaders = 5;
        var outline = new SipMessage(request.Method, default, new SipHeaders(UsualHeaders)) { RequestUri = request.RequestUri };
        foreach (var field in request.Headers)
        {
            if (IsEchoed(field.Id, outline.Headers))
            {
                outline.Headers.Add(new SipHeaderField(field.Id, default, field.Value.ToArray()));
            }
        }

        return outline;
    }

    private static bool IsEchoed(SipHeaderId id, SipHeaders already) => id == SipHeaderId.Via
        || (id is SipHeaderId.From or SipHeaderId.To or SipHeaderId.CallId or SipHeaderId.CSeq && !already.Contains(id));

    /// <summary>
    /// The same request for the next hop: other Request-URI, one Max-Forwards less, same body, and all header lines as they came but the Vias,
    /// the Route and the credentials, which were for this hop (RFC 3261 section 16.6).
    /// </summary>
    public SipMessage ForwardTo(SipUri target)
    {
        var forwarded = new SipMessage(Method, default, new SipHeaders(16)) { RequestUri = target.WithoutHeaders(), Body = Body };
        foreach (var field in Headers)
        {
            if (field.Id is not (SipHeaderId.Via or SipHeaderId.Route or SipHeaderId.Authorization or SipHeaderId.ProxyAuthorization
                or SipHeaderId.MaxForwards or SipHeaderId.ContentLength))
            {
                forwarded.Headers.Add(field);
            }
        }

        var hops = MaxForwards?.Value ?? 70;
        forwarded.Headers.Add(SipHeaderId.MaxForwards, Math.Max(0, hops - 1).ToString(CultureInfo.InvariantCulture));
        return forwarded;
    }

    /// <summary>Sets body and Content-Type; an empty body takes the Content-Type away.</summary>
    public void SetBody(string contentType, ReadOnlyMemory<byte> body)
    {
        Body = body;
        if (body.IsEmpty)
        {
            Headers.Remove(SipHeaderId.ContentType);
        }
        else
        {
            Headers.Set(SipHeaderId.ContentType, contentType);
        }
    }

    /// <summary>Whether the header is there but its typed property cannot be read.</summary>
    public bool IsMalformed(SipHeaderId id) => Headers.Contains(id) && !IsWellFormed(id);

    /// <summary>Writes the message. Content-Length is always written, last, from <see cref="Body"/>.</summary>
    public void WriteTo(IBufferWriter<byte> writer)
    {
        var span = writer.GetSpan(MaximumLength());
        var position = WriteStartLine(span);
        foreach (var field in Headers)
        {
            if (field.Id != SipHeaderId.ContentLength)
            {
                Append(span, ref position, field.Name);
                Append(span, ref position, ": "u8);
                Append(span, ref position, field.Value.Span);
                Append(span, ref position, "\r\n"u8);
            }
        }

        Append(span, ref position, "Content-Length: "u8);
        Append(span, ref position, Body.Length);
        Append(span, ref position, "\r\n\r\n"u8);
        Append(span, ref position, Body.Span);
        writer.Advance(position);
    }

    /// <summary>The message as it is written.</summary>
    public byte[] ToArray()
    {
        var writer = new ArrayBufferWriter<byte>(MaximumLength());
        WriteTo(writer);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>The message as text, for tests and for reading by people.</summary>
    public override string ToString() => Encoding.UTF8.GetString(ToArray());

    /// <summary>The Request-URI, or null when there is none or it is malformed.</summary>
    internal SipUri? TryGetRequestUri()
    {
        if (_requestUri is null && IsRequest && SipUri.TryParse(_requestUriText.Span, out var uri))
        {
            _requestUri = uri;
        }

        return _requestUri;
    }

    private static void Append(Span<byte> span, ref int position, ReadOnlySpan<byte> text)
    {
        text.CopyTo(span[position..]);
        position += text.Length;
    }

    private static void Append(Span<byte> span, ref int position, int number)
    {
        Utf8Formatter.TryFormat(number, span[position..], out var written);
        position += written;
    }

    // Request-Line = Method SP Request-URI SP SIP-Version CRLF ; Status-Line = SIP-Version SP Status-Code SP Reason-Phrase CRLF
    private int WriteStartLine(Span<byte> span)
    {
        var position = 0;
        if (IsRequest)
        {
            position = Encoding.ASCII.GetBytes(_method.ToString(), span);
            Append(span, ref position, " "u8);
            Append(span, ref position, _requestUriText.Span);
            Append(span, ref position, " SIP/2.0\r\n"u8);
        }
        else
        {
            Append(span, ref position, "SIP/2.0 "u8);
            Append(span, ref position, StatusCode);
            Append(span, ref position, " "u8);
            Append(span, ref position, _reasonPhrase.Span);
            Append(span, ref position, "\r\n"u8);
        }

        return position;
    }

    private int MaximumLength()
    {
        const int FixedParts = 64; // spaces, version, status code, Content-Length line, CRLFs
        const int LineParts = 4;   // ": " CRLF
        var length = FixedParts + _method.ToString().Length + _requestUriText.Length + _reasonPhrase.Length + Body.Length;
        foreach (var field in Headers)
        {
            length += field.Name.Length + field.Value.Length + LineParts;
        }

        return length;
    }
}
