namespace OmaIm.Tests.Support.Wire;

/// <summary>
/// A message/cpim as a person reads it (RFC 3862 section 2): the message's headers, the content's, and the content. It shares no code with the
/// product's parser.
/// </summary>
public sealed record CpimText(IReadOnlyList<(string Name, string Value)> Headers, IReadOnlyList<(string Name, string Value)> ContentHeaders, string Content)
{
    /// <summary>The value of the message's first header of that name, which is told apart by case; "" when there is none.</summary>
    public string this[string name] => Find(Headers, name, StringComparison.Ordinal);

    /// <summary>The value of the content's first header of that name; "" when there is none.</summary>
    public string OfContent(string name) => Find(ContentHeaders, name, StringComparison.OrdinalIgnoreCase);

    public static CpimText Read(string body)
    {
        var parts = body.Split("\r\n\r\n", 3);
        return parts.Length == 3
            ? new CpimText(Lines(parts[0]), Lines(parts[1]), parts[2])
            : throw new InvalidOperationException("No message/cpim: " + body);
    }

    private static (string Name, string Value)[] Lines(string block) =>
        [.. block.Split("\r\n").Select(static line => line.Split(": ", 2)).Select(static pair => (pair[0], pair[1]))];

    private static string Find(IReadOnlyList<(string Name, string Value)> headers, string name, StringComparison comparison) =>
        headers.FirstOrDefault(header => string.Equals(header.Name, name, comparison)).Value ?? "";
}
