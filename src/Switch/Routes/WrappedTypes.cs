namespace OmaIm.Switch.Routes;

/// <summary>Matches a content type with an accept-wrapped-types attribute (RFC 4975 section 8.6).</summary>
internal static class WrappedTypes
{
    /// <summary>Whether <paramref name="accepted"/> names the type itself, its <c>type/*</c> or <c>*</c>.</summary>
    public static bool Accepts(IReadOnlyList<string> accepted, string contentType)
    {
        for (var i = 0; i < accepted.Count; i++)
        {
            var entry = accepted[i];
            if (entry == "*" || entry.Equals(contentType, StringComparison.OrdinalIgnoreCase)
                || (entry.EndsWith("/*", StringComparison.Ordinal)
                    && contentType.AsSpan().StartsWith(entry.AsSpan(..^1), StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the MIME headers are all there, up to the blank line.</summary>
    public static bool CanRead(ReadOnlySpan<byte> mimeHeaders) =>
        mimeHeaders.StartsWith("\n"u8) || mimeHeaders.StartsWith("\r\n"u8) || mimeHeaders.IndexOf("\n\n"u8) >= 0 || mimeHeaders.IndexOf("\n\r\n"u8) >= 0;

    /// <summary>Whether the content is a receipt (RFC 5438).</summary>
    public static bool IsReceipt(ReadOnlySpan<byte> mimeHeaders) => System.Text.Ascii.EqualsIgnoreCase(Find(mimeHeaders), "message/imdn+xml"u8);

    /// <summary>The type of the content behind the CPIM headers, without parameters; text/plain when none is named (RFC 3862 section 4).</summary>
    public static string Read(ReadOnlySpan<byte> mimeHeaders)
    {
        var type = Find(mimeHeaders);
        return type.IsEmpty ? "text/plain" : System.Text.Encoding.UTF8.GetString(type);
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> mimeHeaders)
    {
        while (!mimeHeaders.IsEmpty)
        {
            var end = mimeHeaders.IndexOf((byte)'\n');
            var line = (end < 0 ? mimeHeaders : mimeHeaders[..end]).TrimEnd((byte)'\r');
            if (line.IsEmpty || end < 0)
            {
                break;
            }

            const int NameLength = 13;
            if (line.Length > NameLength && System.Text.Ascii.EqualsIgnoreCase(line[..NameLength], "Content-Type:"u8))
            {
                return TypeOf(mimeHeaders[NameLength..]);
            }

            mimeHeaders = mimeHeaders[(end + 1)..];
        }

        return default;
    }

    /// <summary>The type at the beginning of a value, which may stand in the lines behind that of the name (folding, RFC 5322).</summary>
    private static ReadOnlySpan<byte> TypeOf(ReadOnlySpan<byte> value)
    {
        while (true)
        {
            var end = value.IndexOf((byte)'\n');
            var line = end < 0 ? value : value[..end];
            var parameters = line.IndexOf((byte)';');
            var type = (parameters < 0 ? line : line[..parameters]).Trim(" \t\r"u8);
            var isFolded = type.IsEmpty && parameters < 0 && end >= 0 && value[(end + 1)..] is [(byte)' ' or (byte)'\t', ..];
            if (!isFolded)
            {
                return type;
            }

            value = value[(end + 1)..];
        }
    }
}
