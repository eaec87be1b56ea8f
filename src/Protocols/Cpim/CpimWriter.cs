using System.Buffers;
using System.Text;
using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Cpim;

/// <summary>Writes message/cpim bodies (RFC 3862): canonical header names, CRLF line ends, values escaped.</summary>
public static class CpimWriter
{
    /// <summary>Wraps content.</summary>
    /// <param name="fromUri">The sender's URI, without angle brackets.</param>
    /// <param name="fromName">The sender's name, or null.</param>
    /// <param name="toUri">The room's or the receiver's URI, without angle brackets.</param>
    /// <param name="time">Written as DateTime, in UTC to the millisecond.</param>
    /// <param name="contentType">The content's whole Content-Type value.</param>
    /// <param name="content">Copied byte for byte.</param>
    /// <param name="extraHeaders">Further message headers in their order, NS before its prefix; values are escaped here.</param>
    /// <param name="contentHeaders">Further MIME headers of the content, behind its Content-Type.</param>
    /// <exception cref="ArgumentException">A URI, header name, parameter or type that could not stand on its line.</exception>
    public static byte[] Wrap(
        string fromUri,
        string? fromName,
        string toUri,
        DateTimeOffset time,
        string contentType,
        ReadOnlySpan<byte> content,
        IEnumerable<CpimHeader>? extraHeaders = null,
        IEnumerable<MimeHeader>? contentHeaders = null)
    {
        var output = new ArrayBufferWriter<byte>(content.Length + 512);
        Write(output, fromUri, fromName, toUri, time, contentType, content, extraHeaders, contentHeaders);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>As <see cref="Wrap"/>, into a buffer.</summary>
    public static void Write(
        IBufferWriter<byte> output,
        string fromUri,
        string? fromName,
        string toUri,
        DateTimeOffset time,
        string contentType,
        ReadOnlySpan<byte> content,
        IEnumerable<CpimHeader>? extraHeaders = null,
        IEnumerable<MimeHeader>? contentHeaders = null)
    {
        var head = new StringBuilder(512);
        head.Append("From: ").Append(Address(fromUri, fromName)).Append("\r\n");
        head.Append("To: ").Append(Address(toUri, null)).Append("\r\n");
        head.Append("DateTime: ").Append(Rfc3339.Format(time)).Append("\r\n");
        foreach (var header in extraHeaders ?? [])
        {
            Append(head, header);
        }

        head.Append("\r\n");
        MimeHeaderBlock.Write(head, "Content-Type", contentType);
        foreach (var header in contentHeaders ?? [])
        {
            MimeHeaderBlock.Write(head, header.Name, header.Value);
        }

        head.Append("\r\n");
        output.Write(Encoding.UTF8.GetBytes(head.ToString()));
        output.Write(content);
    }

    private static void Append(StringBuilder head, CpimHeader header)
    {
        if (header.Name is "From" or "To" or "DateTime")
        {
            throw new ArgumentException(header.Name + " is written from its own argument.");
        }

        // cc and NS are addresses and hold no escapes outside of their quotes; every other value is text.
        var isAddress = header.Name is "cc" or "NS";
        var value = isAddress ? header.Value : CpimEscape.Apply(header.Value, quoted: false);
        var line = $"{header.Name}:{header.Parameters} {value}\r\n";

        // The line as our own reader would take it apart: what it does not give back unchanged is refused.
        var bytes = Encoding.UTF8.GetBytes(line);
        if (CpimLine.TryRead(bytes, out var read) != ParseStatus.Complete || read.Length != bytes.Length || CpimNames.IsDisguise(read) ||
            Encoding.UTF8.GetString(read.Name) != header.Name || Encoding.UTF8.GetString(read.Parameters) != header.Parameters ||
            (isAddress && !CpimAddressSyntax.TryRead(read.Value, out _, out _)))
        {
            throw new ArgumentException("Not a message header: " + header.Name.ReplaceLineEndings(" "));
        }

        head.Append(line);
    }

    // [ Formal-name ] "<" URI ">"; the name always as a string in quotes
    private static string Address(string uri, string? name)
    {
        if (uri.Length == 0 || uri.AsSpan().ContainsAny("<>\" \\") || uri.Any(char.IsControl))
        {
            throw new ArgumentException("Not a URI: " + CpimEscape.Apply(uri, quoted: false));
        }

        return name is null ? $"<{uri}>" : $"\"{CpimEscape.Apply(name, quoted: true)}\" <{uri}>";
    }
}
