using System.Buffers;

namespace OmaIm.Protocols.Cpim;

/// <summary>The value of From, To, cc and NS: <c>[ Formal-name ] "&lt;" URI "&gt;"</c> (RFC 3862 sections 4.1 to 4.6).</summary>
internal static class CpimAddressSyntax
{
    // None of them is legal in a URI, escaped or not.
    private static readonly SearchValues<byte> NotInUri = SearchValues.Create("<>\" \t\\"u8);

    /// <summary>
    /// Cuts the value in two. An empty value and a URI without angle brackets are met and tolerated; a second pair of brackets,
    /// or anything behind the first, is not: two readers could take two different URIs from it.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> uri)
    {
        name = default;
        uri = default;
        var open = 0;
        if (value is [(byte)'"', ..] && !TrySkipQuoted(value, 0, out open))
        {
            return false;
        }

        // Between the closing quote and the bracket there is only white space; an unquoted name has neither quote, bracket nor escape.
        var bracket = value[open..].IndexOfAny("<>\"\\"u8);
        if (bracket < 0)
        {
            uri = open == 0 ? value : default;
            return open == 0 && !value.ContainsAny((byte)' ', (byte)'\t');
        }

        bracket += open;
        name = value[..bracket].TrimEnd(" \t"u8);
        var rest = value[(bracket + 1)..];
        if (value[bracket] != '<' || (open > 0 && name.Length > open) || rest is not [.. var inside, (byte)'>'])
        {
            return false;
        }

        uri = inside;
        return !inside.ContainsAny(NotInUri);
    }

    /// <summary>Steps over a string in quotes that begins at <paramref name="start"/>. False when it does not end.</summary>
    public static bool TrySkipQuoted(ReadOnlySpan<byte> text, int start, out int end)
    {
        end = start + 1;
        while (text[end..].IndexOfAny((byte)'"', (byte)'\\') is var found and >= 0)
        {
            end += found + 1;
            if (text[end - 1] == '"')
            {
                return true;
            }

            // Escape = "\" and one more character; the character may be the quote.
            if (end == text.Length)
            {
                return false;
            }

            end++;
        }

        return false;
    }
}
