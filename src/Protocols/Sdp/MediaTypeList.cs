namespace OmaIm.Protocols.Sdp;

/// <summary>The format-list of accept-types and accept-wrapped-types (RFC 4975 section 8.6): media types, <c>type/*</c> and <c>*</c>.</summary>
public static class MediaTypeList
{
    public static bool Matches(IReadOnlyList<string> list, ReadOnlySpan<char> mediaType)
    {
        // Parameters play no part in the match.
        var semicolon = mediaType.IndexOf(';');
        mediaType = (semicolon < 0 ? mediaType : mediaType[..semicolon]).Trim(" \t");
        foreach (var entry in list)
        {
            if (entry is "*" or "*/*" || mediaType.Equals(entry, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }

            // "text/*": everything up to and including the slash is equal
            if (entry.EndsWith("/*", StringComparison.Ordinal) && mediaType.StartsWith(entry.AsSpan(0, entry.Length - 1), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
