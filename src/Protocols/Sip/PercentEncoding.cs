using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip;

/// <summary>escaped = "%" HEXDIG HEXDIG (RFC 3261 section 25.1) inside URIs.</summary>
internal static class PercentEncoding
{
    /// <summary>
    /// Brings a URI component into one form, so that equal components are equal strings: escapes of unreserved
    /// characters are resolved (section 19.1.4: they mean the same), all others are kept, with upper-case digits.
    /// False when the component is empty or holds anything that is neither allowed nor escaped.
    /// </summary>
    public static bool TryNormalize(ReadOnlySpan<byte> text, SearchValues<byte> allowed, [NotNullWhen(true)] out string? normalized)
    {
        normalized = null;
        if (text.IsEmpty)
        {
            return false;
        }

        if (!text.ContainsAnyExcept(allowed))
        {
            normalized = Encoding.ASCII.GetString(text);
            return true;
        }

        var builder = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (allowed.Contains(text[i]))
            {
                builder.Append((char)text[i]);
                continue;
            }

            if (text[i] != '%' || i + 2 >= text.Length || !TryHex(text[i + 1], text[i + 2], out var octet))
            {
                return false;
            }

            i += 2;
            if (Grammar.Unreserved.Contains(octet))
            {
                builder.Append((char)octet);
            }
            else
            {
                AppendEscaped(builder, octet);
            }
        }

        normalized = builder.ToString();
        return true;
    }

    /// <summary>The text with everything escaped that the component does not allow. The percent sign is escaped too.</summary>
    public static string Escape(string text, SearchValues<byte> allowed)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        if (!octets.AsSpan().ContainsAnyExcept(allowed))
        {
            return text;
        }

        var builder = new StringBuilder(octets.Length + 16);
        foreach (var octet in octets)
        {
            if (allowed.Contains(octet))
            {
                builder.Append((char)octet);
            }
            else
            {
                AppendEscaped(builder, octet);
            }
        }

        return builder.ToString();
    }

    private static void AppendEscaped(StringBuilder builder, byte octet)
    {
        const string Hex = "0123456789ABCDEF";
        builder.Append('%').Append(Hex[octet >> 4]).Append(Hex[octet & 15]);
    }

    private static bool TryHex(byte high, byte low, out byte octet)
    {
        octet = 0;
        if (!char.IsAsciiHexDigit((char)high) || !char.IsAsciiHexDigit((char)low))
        {
            return false;
        }

        octet = (byte)((HexValue(high) << 4) | HexValue(low));
        return true;
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
