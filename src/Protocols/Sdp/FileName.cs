using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace OmaIm.Protocols.Sdp;

/// <summary>The filename-string of RFC 5547 section 6: NUL, CR, LF, the quote and the percent sign stand as <c>%HH</c>.</summary>
internal static class FileName
{
    /// <summary>Longest name in bytes of UTF-8: what file systems take.</summary>
    public const int MaximumBytes = 255;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Resolves the escapes. False for an escape that is none, what is not UTF-8, nothing at all and a name too long.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? name)
    {
        name = null;
        if (text.IsEmpty || text.Length > 3 * MaximumBytes)
        {
            return false;
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        var length = 0;
        for (var at = 0; at < bytes.Length; at++, length++)
        {
            bytes[length] = bytes[at];
            if (bytes[at] != '%')
            {
                continue;
            }

            if (at + 2 >= bytes.Length || Convert.FromHexString(bytes.AsSpan(at + 1, 2), bytes.AsSpan(length, 1), out _, out _) != OperationStatus.Done)
            {
                return false;
            }

            at += 2;
        }

        try
        {
            name = StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        return length <= MaximumBytes;
    }

    /// <summary>Escapes what must not stand for itself, and the other control characters too, because readers of descriptions refuse them.</summary>
    public static string Encode(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            _ = character is < ' ' or '\u007f' or '"' or '%'
                ? text.Append(CultureInfo.InvariantCulture, $"%{(int)character:X2}")
                : text.Append(character);
        }

        return text.ToString();
    }
}
