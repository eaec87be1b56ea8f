using System.Buffers;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Cpim;

/// <summary>One line of the message headers, cut into its pieces without copying (RFC 3862 section 2.2).</summary>
/// <remarks>
/// Header = Header-name ":" *( ";" Parameter ) SP Header-value CRLF. The space may be missing or be more than one, and the line
/// may end with LF alone; nothing else is forgiven, because the switch passes the bytes on and every receiver must find in them
/// the same From that the switch found.
/// </remarks>
internal readonly ref struct CpimLine
{
    // Name = 1*NAMECHAR ; NAMECHAR = %x21 / %x23-27 / %x2a-2b / %x2d / %x5e-60 / %x7c / %x7e / ALPHA / DIGIT, and "." behind a prefix
    private static readonly SearchValues<byte> NameCharacters =
        SearchValues.Create("!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~"u8);

    // Control characters are illegal (RFC 3862 section 2.2); TAB is met as white space and harmless.
    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    /// <summary>The name as written, prefix included. Empty for the blank line that ends the block.</summary>
    public ReadOnlySpan<byte> Name { get; private init; }

    /// <summary>From the first semicolon behind the colon to the space; mostly empty.</summary>
    public ReadOnlySpan<byte> Parameters { get; private init; }

    /// <summary>The value without white space around it, escapes not resolved.</summary>
    public ReadOnlySpan<byte> Value { get; private init; }

    /// <summary>Bytes of the line with its line end.</summary>
    public int Length { get; private init; }

    public static ParseStatus TryRead(ReadOnlySpan<byte> text, out CpimLine line)
    {
        line = default;

        // The first control character must be the line end.
        var end = text.IndexOfAny(Controls);
        if (end < 0)
        {
            return ParseStatus.NeedMoreData;
        }

        var length = end + 1;
        if (text[end] == '\r')
        {
            if (length == text.Length)
            {
                return ParseStatus.NeedMoreData;
            }

            length++;
        }

        return text[length - 1] == '\n' && TrySplit(text[..end], length, out line) ? ParseStatus.Complete : ParseStatus.Malformed;
    }

    private static bool TrySplit(ReadOnlySpan<byte> text, int length, out CpimLine line)
    {
        line = new CpimLine { Length = length };
        if (text.IsEmpty)
        {
            return true;
        }

        var colon = text.IndexOfAnyExcept(NameCharacters);
        if (colon < 1 || text[colon] != ':' || !TrySkipParameters(text, colon + 1, out var value))
        {
            return false;
        }

        line = new CpimLine
        {
            Name = text[..colon],
            Parameters = text[(colon + 1)..value],
            Value = text[value..].Trim(" \t"u8),
            Length = length,
        };
        return true;
    }

    // *( ";" Parameter ): a quoted string in a parameter may hold spaces, semicolons and angle brackets.
    private static bool TrySkipParameters(ReadOnlySpan<byte> text, int start, out int end)
    {
        end = start;
        if (start == text.Length || text[start] != ';')
        {
            return true;
        }

        while (end < text.Length && text[end] is not ((byte)' ' or (byte)'\t'))
        {
            if (text[end] != '"')
            {
                end++;
            }
            else if (!CpimAddressSyntax.TrySkipQuoted(text, end, out end))
            {
                return false;
            }
        }

        return true;
    }
}
