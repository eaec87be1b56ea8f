using System.Text;

namespace OmaIm.Tests.Support;

/// <summary>Spells MSRP frames and what stands in them, right or wrong, as tests need them.</summary>
public static class MsrpText
{
    /// <summary>One byte for each character: what a test writes is what goes over the wire.</summary>
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>The same text with one character for each byte of its UTF-8.</summary>
    public static string Utf8(string text) => Text(Encoding.UTF8.GetBytes(text));

    /// <summary>A request without a body; <paramref name="headers"/> are whole lines without their CRLF.</summary>
    public static string Request(string method, string id, string toPath, string fromPath, params string[] headers) =>
        Head($"{id} {method}", toPath, fromPath, headers) + $"-------{id}$\r\n";

    /// <summary>A SEND with a body.</summary>
    public static string Send(
        string id, string toPath, string fromPath, string messageId, string body, string? range = null, char flag = '$',
        string contentType = "message/cpim", params string[] headers)
    {
        string[] lines =
        [
            "Message-ID: " + messageId,
            .. range is null ? Array.Empty<string>() : ["Byte-Range: " + range],
            .. headers,
            "Content-Type: " + contentType,
        ];
        return Head($"{id} SEND", toPath, fromPath, lines) + $"\r\n{body}\r\n-------{id}{flag}\r\n";
    }

    public static string Response(string id, int code, string toPath, string fromPath) =>
        Head($"{id} {code} Comment", toPath, fromPath, []) + $"-------{id}$\r\n";

    /// <summary>A message/cpim with one line of plain text.</summary>
    public static string Cpim(string from, string to, string content) =>
        $"From: <{from}>\r\nTo: <{to}>\r\nDateTime: 2026-01-31T10:00:00Z\r\n\r\nContent-Type: text/plain\r\n\r\n{content}";

    private static string Head(string startLine, string toPath, string fromPath, string[] headers)
    {
        var text = new StringBuilder($"MSRP {startLine}\r\nTo-Path: {toPath}\r\nFrom-Path: {fromPath}\r\n");
        foreach (var header in headers)
        {
            text.Append(header).Append("\r\n");
        }

        return text.ToString();
    }
}
