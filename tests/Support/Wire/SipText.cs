using System.Globalization;
using System.Text;

namespace OmaIm.Tests.Support.Wire;

/// <summary>A SIP message as a person reads it from a trace; one character for each byte. It shares no code with the product's parser.</summary>
public sealed record SipText(string StartLine, IReadOnlyList<(string Name, string Value)> Headers, string Body)
{
    public bool IsResponse => StartLine.StartsWith("SIP/2.0 ", StringComparison.Ordinal);

    /// <summary>The status code of a response, 0 for a request.</summary>
    public int Status => IsResponse ? int.Parse(StartLine.AsSpan(8, 3), CultureInfo.InvariantCulture) : 0;

    /// <summary>The method of a request, "" for a response.</summary>
    public string Method => IsResponse ? "" : StartLine[..StartLine.IndexOf(' ', StringComparison.Ordinal)];

    public string RequestUri => StartLine.Split(' ')[1];

    /// <summary>The value of the first header of this name; "" when there is none.</summary>
    public string this[string name] => All(name).FirstOrDefault("");

    public IEnumerable<string> All(string name) =>
        Headers.Where(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase)).Select(static header => header.Value);

    /// <summary>The tag of From or To; "" when there is none.</summary>
    public string Tag(string name)
    {
        const string Mark = ";tag=";
        var value = this[name];
        var at = value.IndexOf(Mark, StringComparison.Ordinal);
        return at < 0 ? "" : value[(at + Mark.Length)..].Split(';', '>')[0];
    }

    /// <summary>The URI between the angle brackets of a header.</summary>
    public string Uri(string name)
    {
        var value = this[name];
        var start = value.IndexOf('<', StringComparison.Ordinal) + 1;
        return start == 0 ? value.Split(';')[0] : value[start..value.IndexOf('>', start)];
    }

    /// <summary>The text of an answer to this request, with the tag in To unless it has one (RFC 3261 section 8.2.6.2).</summary>
    public string Answer(int status, string phrase = "Said", string headers = "", string body = "", string tag = "")
    {
        var to = this["To"] + (Tag("To").Length == 0 && tag.Length > 0 ? ";tag=" + tag : "");
        var copied = string.Concat(All("Via").Select(static via => $"Via: {via}\r\n"))
            + string.Concat(All("Record-Route").Select(static route => $"Record-Route: {route}\r\n"));
        return $"SIP/2.0 {status} {phrase}\r\n{copied}From: {this["From"]}\r\nTo: {to}\r\nCall-ID: {this["Call-ID"]}\r\nCSeq: {this["CSeq"]}\r\n"
            + $"{headers}Content-Length: {body.Length}\r\n\r\n{body}";
    }

    public override string ToString() => $"{StartLine}\n{string.Join('\n', Headers.Select(static header => $"{header.Name}: {header.Value}"))}\n\n{Body}";

    /// <summary>Reads one message from the start of a stream (RFC 3261 section 18.3); null when more must come.</summary>
    public static SipText? Read(string text, out int length)
    {
        length = 0;
        while (text.AsSpan(length).StartsWith("\r\n"))
        {
            length += 2; // RFC 5626 section 4.4.1
        }

        var end = text.IndexOf("\r\n\r\n", length, StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        var lines = text[length..end].Split("\r\n");
        (string Name, string Value)[] headers = [.. lines.Skip(1).Select(Header)];
        var size = headers.FirstOrDefault(static header => header.Name is "Content-Length" or "l").Value ?? "0";
        var bodyStart = end + 4;
        length = bodyStart + int.Parse(size, CultureInfo.InvariantCulture);
        return length > text.Length ? null : new SipText(lines[0], headers, text[bodyStart..length]);
    }

    /// <summary>What <see cref="Encoding.Latin1"/> made of UTF-8, as the text that it is.</summary>
    public static string Decode(string latin) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(latin));

    private static (string Name, string Value) Header(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return (line[..colon].Trim(), line[(colon + 1)..].Trim());
    }
}
