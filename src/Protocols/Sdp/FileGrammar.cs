using System.Buffers;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sdp;

/// <summary>Small rules that the attributes of RFC 5547 share.</summary>
internal static class FileGrammar
{
    // token-char of RFC 8866 section 9
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~");

    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenCharacters);

    public static bool TryReadInteger(ReadOnlySpan<char> text, out long value)
    {
        // Whatever takes more than 19 digits overflows; a character that is no digit takes a byte or more.
        Span<byte> bytes = stackalloc byte[64];
        value = 0;
        return text.Length <= 20 && Digits.TryParse(bytes[..Encoding.UTF8.GetBytes(text, bytes)], out value);
    }

    /// <summary>Cuts off what stands before the next space outside of quotes. False when a quote does not end.</summary>
    public static bool TryTakeField(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> field)
    {
        var isQuoted = false;
        var end = 0;
        for (; end < rest.Length && (isQuoted || rest[end] != ' '); end++)
        {
            isQuoted ^= rest[end] == '"';
        }

        field = rest[..end];
        rest = rest[Math.Min(end + 1, rest.Length)..];
        return !isQuoted;
    }

    /// <summary>What stands between two quotes and has none in it.</summary>
    public static bool TryUnquote(ReadOnlySpan<char> text, out ReadOnlySpan<char> inside)
    {
        inside = text is ['"', .. var between, '"'] ? between : default;
        return !inside.IsEmpty && !inside.Contains('"');
    }
}
