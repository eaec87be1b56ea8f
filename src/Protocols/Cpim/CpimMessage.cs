using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Cpim;

/// <summary>A message/cpim body (RFC 3862). The wrapped content is left as it is, a message/cpim inside included.</summary>
public sealed class CpimMessage
{
    /// <summary>The sender, or null when there is no From, an empty one, or more than one (some clients leave it out).</summary>
    public CpimAddress? From { get; private init; }

    public IReadOnlyList<CpimAddress> To { get; private init; } = [];

    public IReadOnlyList<CpimAddress> Cc { get; private init; } = [];

    /// <summary>When the message was sent, or null when there is no DateTime or one that is not RFC 3339.</summary>
    public DateTimeOffset? DateTime { get; private init; }

    public string? Subject => Header("Subject");

    /// <summary>All message headers in their order.</summary>
    public IReadOnlyList<CpimHeader> Headers { get; private init; } = [];

    /// <summary>The MIME headers of the wrapped content.</summary>
    public IReadOnlyList<MimeHeader> ContentHeaders { get; private init; } = [];

    /// <summary>The wrapped content's Content-Type as written, or null.</summary>
    public string? ContentType => MimeHeaderBlock.Find(ContentHeaders, "Content-Type");

    /// <summary>The wrapped content, byte for byte.</summary>
    public ReadOnlyMemory<byte> Content { get; private init; }

    /// <summary>The first header of that name as written, prefix included; or null.</summary>
    public string? Header(string name) => Find(Headers, name);

    /// <summary>The first header of that name in a namespace, whatever prefix the message gave it by NS (RFC 3862 section 3.4); or null.</summary>
    public string? Header(string namespaceUri, string name) => HeaderValues(namespaceUri, name).FirstOrDefault();

    /// <summary>
    /// The values of all headers of that name in a namespace, in their order. A prefix that no NS line ever declares counts as declared
    /// when it is <paramref name="wontedPrefix"/>: some clients leave the line out.
    /// </summary>
    public IEnumerable<string> HeaderValues(string namespaceUri, string name, string? wontedPrefix = null)
    {
        HashSet<string> prefixes = new(StringComparer.Ordinal);
        if (wontedPrefix is not null && !Headers.Any(header => Declaration(header)?.Name == wontedPrefix))
        {
            prefixes.Add(wontedPrefix);
        }

        foreach (var header in Headers)
        {
            if (Declaration(header) is { } declared)
            {
                // A prefix holds from its line on, until another line gives it away.
                _ = declared.Uri == namespaceUri ? prefixes.Add(declared.Name ?? string.Empty) : prefixes.Remove(declared.Name ?? string.Empty);
            }
            else if (header.Name.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 &&
                header.Name.AsSpan(dot + 1).SequenceEqual(name) && prefixes.Contains(header.Name[..dot]))
            {
                yield return header.Value;
            }
        }
    }

    /// <summary>
    /// Reads a whole message. False for broken header lines, for what <see cref="CpimHeaderBlock.Scan"/> refuses, and when one of
    /// the two blank lines is missing.
    /// </summary>
    public static bool TryParse(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out CpimMessage? message)
    {
        message = null;
        if (CpimHeaderBlock.Scan(body.Span, out var block) != ParseStatus.Complete || !Utf8.IsValid(body.Span[..block.Length]) ||
            !MimeHeaderBlock.TryRead(body.Span[block.Length..], mayEnd: false, out var contentHeaders, out var length))
        {
            return false;
        }

        var headers = ReadHeaders(body.Span[..block.Length]);
        if (!TryReadAddresses(headers, "From", out var from) || !TryReadAddresses(headers, "To", out var to) || !TryReadAddresses(headers, "cc", out var cc))
        {
            return false;
        }

        message = new CpimMessage
        {
            From = from is [{ Uri.Length: > 0 } only] ? only : null,
            To = to,
            Cc = cc,
            DateTime = Rfc3339.TryParse(Find(headers, "DateTime"), out var time) ? time : null,
            Headers = headers,
            ContentHeaders = contentHeaders,
            Content = body[(block.Length + length)..],
        };
        return true;
    }

    private static CpimAddress? Declaration(CpimHeader header) =>
        header.Name == "NS" && TryReadAddress(header.Value, out var declared) ? declared : null;

    private static List<CpimHeader> ReadHeaders(ReadOnlySpan<byte> block)
    {
        List<CpimHeader> headers = [];
        while (CpimLine.TryRead(block, out var line) == ParseStatus.Complete && !line.Name.IsEmpty)
        {
            // In addresses a backslash escapes within quotes only: they are resolved when they are taken apart.
            var name = Encoding.UTF8.GetString(line.Name);
            var value = Encoding.UTF8.GetString(line.Value);
            var isAddress = name is "From" or "To" or "cc" or "NS";
            headers.Add(new CpimHeader(name, isAddress ? value : CpimEscape.Resolve(value), Encoding.UTF8.GetString(line.Parameters)));
            block = block[line.Length..];
        }

        return headers;
    }

    private static bool TryReadAddresses(List<CpimHeader> headers, string name, out List<CpimAddress> addresses)
    {
        addresses = [];
        foreach (var header in headers)
        {
            if (string.Equals(header.Name, name, StringComparison.Ordinal))
            {
                if (!TryReadAddress(header.Value, out var address))
                {
                    return false;
                }

                addresses.Add(address);
            }
        }

        return true;
    }

    private static string? Find(IReadOnlyList<CpimHeader> headers, string name)
    {
        foreach (var header in headers)
        {
            if (string.Equals(header.Name, name, StringComparison.Ordinal))
            {
                return header.Value;
            }
        }

        return null;
    }

    private static bool TryReadAddress(string value, [NotNullWhen(true)] out CpimAddress? address)
    {
        address = null;
        if (!CpimAddressSyntax.TryRead(Encoding.UTF8.GetBytes(value), out var name, out var uri))
        {
            return false;
        }

        var isQuoted = name is [(byte)'"', .., (byte)'"'];
        var text = Encoding.UTF8.GetString(isQuoted ? name[1..^1] : name);
        address = new CpimAddress(Encoding.UTF8.GetString(uri), name.IsEmpty ? null : CpimEscape.Resolve(text));
        return true;
    }
}
