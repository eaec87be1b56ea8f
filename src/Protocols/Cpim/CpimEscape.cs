using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace OmaIm.Protocols.Cpim;

/// <summary>The escapes of header values (RFC 3862 section 2.3): <c>\\ \" \' \b \t \n \r</c> and <c>\uXXXX</c>.</summary>
internal static class CpimEscape
{
    /// <summary>Resolves escapes. A backslash that begins none of them stays as it is.</summary>
    public static string Resolve(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var resolved = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                resolved.Append(text[i]);
                continue;
            }

            var escaped = text[++i];
            if (escaped == 'u' && ReadCharacter(text.AsSpan(i + 1), resolved) is var taken and > 0)
            {
                i += taken;
                continue;
            }

            _ = escaped switch
            {
                'b' => resolved.Append('\b'),
                't' => resolved.Append('\t'),
                'n' => resolved.Append('\n'),
                'r' => resolved.Append('\r'),
                '\\' or '"' or '\'' => resolved.Append(escaped),
                _ => resolved.Append('\\').Append(escaped),
            };
        }

        return resolved.ToString();
    }

    /// <summary>Escapes what must not stand in a value, or with <paramref name="quoted"/> in a string between quotes.</summary>
    public static string Apply(string text, bool quoted)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            _ = character switch
            {
                '\\' => escaped.Append("\\\\"),
                '"' when quoted => escaped.Append("\\\""),
                '\b' => escaped.Append("\\b"),
                '\t' => escaped.Append("\\t"),
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                < ' ' or '\u007f' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }

    // Half of a surrogate pair is no character: it stays the text that it is, since nothing could write it as UTF-8 again.
    private static int ReadCharacter(ReadOnlySpan<char> digits, StringBuilder resolved)
    {
        if (!TryReadCode(digits, out var first) || char.IsLowSurrogate(first))
        {
            return 0;
        }

        if (!char.IsHighSurrogate(first))
        {
            resolved.Append(first);
            return 4;
        }

        if (digits.Length < 10 || digits[4] != '\\' || digits[5] != 'u' || !TryReadCode(digits[6..], out var second) || !char.IsLowSurrogate(second))
        {
            return 0;
        }

        resolved.Append(first).Append(second);
        return 10;
    }

    // "\u" 4HEXDIG: a UTF-16 code unit
    private static bool TryReadCode(ReadOnlySpan<char> digits, out char code)
    {
        Span<byte> bytes = stackalloc byte[2];
        var isHex = digits.Length >= 4 && Convert.FromHexString(digits[..4], bytes, out _, out _) == OperationStatus.Done;
        code = (char)BinaryPrimitives.ReadUInt16BigEndian(bytes);
        return isHex;
    }
}
