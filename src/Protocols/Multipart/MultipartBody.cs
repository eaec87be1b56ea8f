using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Multipart;

/// <summary>Multipart bodies (RFC 2046 section 5.1; in SIP: RFC 5621).</summary>
public static class MultipartBody
{
    /// <summary>Multiparts inside multiparts, the outermost counted.</summary>
    public const int MaximumDepth = 8;

    /// <summary>Parts of one body, all depths together.</summary>
    public const int MaximumParts = 64;

    // boundary := 0*69<bchars> bcharsnospace ; bchars := DIGIT / ALPHA / "'" / "(" / ")" / "+" / "_" / "," / "-" / "." / "/" / ":" / "=" / "?" / " "
    private const int MaximumBoundary = 70;
    private static readonly SearchValues<char> BoundaryCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'()+_,-./:=? ");

    /// <summary>Reads a multipart body. False when the boundary is missing or wrong, the closing boundary is missing, or a limit is crossed.</summary>
    /// <param name="contentType">The whole Content-Type value with its boundary parameter.</param>
    /// <param name="body">The body; the parts refer to its memory.</param>
    /// <param name="parts">The outermost parts.</param>
    public static bool TryParse(string contentType, ReadOnlyMemory<byte> body, [NotNullWhen(true)] out IReadOnlyList<BodyPart>? parts)
    {
        var count = 0;
        parts = MimeType.TryParse(contentType, out var type) && IsMultipart(type) ? Read(type, body, 1, ref count) : null;
        return parts is not null;
    }

    /// <summary>Writes the parts as a multipart body with a boundary that occurs in none of them.</summary>
    /// <param name="subtype"><c>mixed</c>, <c>related</c>, <c>alternative</c>...</param>
    /// <param name="parts">The parts. For a multipart inside write it first and give its bytes as content.</param>
    /// <param name="contentType">The Content-Type value to send with the body.</param>
    public static byte[] Write(string subtype, IReadOnlyList<BodyPart> parts, out string contentType)
    {
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count);
        var boundary = UnusedBoundary(parts);
        contentType = $"multipart/{subtype};boundary=\"{boundary}\"";
        if (!MimeType.TryParse(contentType, out _))
        {
            throw new ArgumentException("Not a subtype: " + subtype.ReplaceLineEndings(" "));
        }

        var output = new ArrayBufferWriter<byte>();
        foreach (var part in parts)
        {
            var head = new StringBuilder("--").Append(boundary).Append("\r\n");
            foreach (var header in part.Headers)
            {
                MimeHeaderBlock.Write(head, header.Name, header.Value);
            }

            output.Write(Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()));
            output.Write(part.Content.Span);
            output.Write("\r\n"u8);
        }

        output.Write(Encoding.ASCII.GetBytes($"--{boundary}--\r\n"));
        return output.WrittenSpan.ToArray();
    }

    private static bool IsMultipart(MimeType type) => type.Name.StartsWith("multipart/", StringComparison.Ordinal);

    private static List<BodyPart>? Read(MimeType type, ReadOnlyMemory<byte> body, int depth, ref int count)
    {
        var boundary = type.Parameter("boundary");
        if (depth > MaximumDepth || boundary is not { Length: > 0 and <= MaximumBoundary } ||
            boundary.EndsWith(' ') || boundary.AsSpan().ContainsAnyExcept(BoundaryCharacters))
        {
            return null;
        }

        // multipart-body := [preamble CRLF] dash-boundary transport-padding CRLF body-part *encapsulation close-delimiter ... [CRLF epilogue]
        var lines = new BoundaryScanner(body.Span, Encoding.ASCII.GetBytes("--" + boundary));
        if (!lines.MoveNext() || lines.IsClosing)
        {
            return null;
        }

        List<BodyPart> parts = [];
        do
        {
            var start = lines.LineEnd;
            if (!lines.MoveNext() || ++count > MaximumParts || ReadPart(body[start..Math.Max(start, lines.ContentEnd)], depth, ref count) is not { } part)
            {
                return null;
            }

            parts.Add(part);
        }
        while (!lines.IsClosing);
        return parts;
    }

    // body-part := MIME-part-headers [CRLF *OCTET]
    private static BodyPart? ReadPart(ReadOnlyMemory<byte> bytes, int depth, ref int count)
    {
        if (!MimeHeaderBlock.TryRead(bytes.Span, mayEnd: true, out var headers, out var length))
        {
            return null;
        }

        var part = new BodyPart { Headers = headers, Content = bytes[length..] };
        if (part.Header("Content-Type") is not { } contentType || !MimeType.TryParse(contentType, out var type) || !IsMultipart(type))
        {
            return part;
        }

        return Read(type, part.Content, depth + 1, ref count) is { } inner ? part with { Parts = inner } : null;
    }

    private static string UnusedBoundary(IReadOnlyList<BodyPart> parts)
    {
        while (true)
        {
            var boundary = RandomToken.Create();
            var bytes = Encoding.ASCII.GetBytes(boundary);
            if (!parts.Any(part => part.Content.Span.IndexOf(bytes) >= 0))
            {
                return boundary;
            }
        }
    }
}
